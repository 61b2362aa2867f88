// Callbacks of files among immediates: a file that is read whole takes four trips to the pool, one that is written three; what is done in the
// pool comes before a message that waits; and callbacks in callbacks.
const fs = require('fs'), os = require('os'), path = require('path');
const { MessageChannel } = require('worker_threads');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'trace-'));
const at = (n) => path.join(dir, n);
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const code = (e) => (e ? e.code : 'ok');
const spin = (ms) => { const s = Date.now(); while (Date.now() - s < ms); };
const tick = process.nextTick, micro = queueMicrotask, soon = setImmediate;
const called = (f) => new Promise((ok) => f((...a) => { log(...a); ok(); }));
const steps = {
  readBesideImmediates: () => called((done) => {
    fs.writeFileSync(at('a'), 'hello');
    fs.readFile(at('a'), 'utf8', (e, d) => done('read', code(e), d));
    soon(() => { log('i1'); soon(() => { log('i2'); soon(say('i3')); }); tick(say('tick')); });
    micro(say('micro'));
  }),
  writeBesideImmediates: () => called((done) => {
    fs.writeFile(at('b'), 'x', (e) => { log('written', code(e)); micro(say('micro')); tick(say('tick')); soon(() => done('immediate')); });
    soon(() => { log('i1'); soon(say('i2')); });
  }),
  insideOfEachOther: () => called((done) => {
    fs.mkdir(at('d'), (e) => {
      log('mkdir', code(e)); soon(say('immediate of mkdir'));
      fs.copyFile(at('a'), at('d/c'), (e2) => {
        log('copy', code(e2)); micro(say('micro of copy'));
        fs.rename(at('d/c'), at('d/e'), (e3) => { log('rename', code(e3)); tick(say('tick of rename')); fs.access(at('d/c'), (e4) => { log('access', code(e4)); fs.unlink(at('d/e'), (e5) => { log('unlink', code(e5)); fs.rmdir(at('d'), (e6) => done('rmdir', code(e6))); }); }); });
      });
    });
  }),
  errors: async () => {
    await called((done) => fs.unlink(at('none'), (e) => done('unlink', code(e))));
    await called((done) => fs.mkdir(at('x/y'), (e) => done('mkdir', code(e))));
    await called((done) => fs.mkdir(at('x/y/z'), { recursive: true }, (e, first) => done('mkdir', code(e), path.basename(first))));
    await called((done) => fs.mkdir(at('x'), (e) => done('mkdir', code(e))));
    await called((done) => fs.rmdir(at('x'), (e) => done('rmdir', code(e))));
    await called((done) => fs.rm(at('none'), (e) => done('rm', code(e))));
    await called((done) => fs.rm(at('x'), { recursive: true, force: true }, (e) => done('rm', code(e), fs.existsSync(at('x')))));
    await called((done) => fs.copyFile(at('a'), at('b'), fs.constants.COPYFILE_EXCL, (e) => done('copy', code(e))));
    await called((done) => fs.truncate(at('a'), 2, (e) => done('truncate', code(e), fs.readFileSync(at('a'), 'utf8'))));
    await called((done) => fs.truncate(at('none'), (e) => done('truncate', code(e))));
    await called((done) => fs.rename(at('none'), at('x'), (e) => done('rename', code(e))));
    await called((done) => fs.readFile(at('none'), (e) => done('read', code(e))));
    await called((done) => fs.mkdtemp(at('t-'), (e, d) => done('mkdtemp', code(e), fs.existsSync(d))));
  },
  poolBeforePorts: () => called((done) => {
    const { port1, port2 } = new MessageChannel();
    port2.on('message', (m) => { log('message', m); tick(say('tick of message')); if (m === 2) { port2.close(); soon(() => done('over')); } });
    port1.postMessage(1);
    fs.stat(at('a'), () => { log('stat'); tick(say('tick of stat')); port1.postMessage(2); });
    spin(200);
    soon(say('immediate'));
  }),
  promisesBesideThem: async () => {
    const read = fs.promises.readFile(at('a'), 'utf8').then((d) => { log('promised', d); tick(say('tick')); micro(say('micro')); });
    soon(() => { log('i1'); soon(() => { log('i2'); soon(say('i3')); }); });
    await read; await new Promise((ok) => soon(ok));
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await new Promise((ok) => setTimeout(ok, 20)); }
  fs.rmSync(dir, { recursive: true });
})();
