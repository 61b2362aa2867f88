// Ports that do not hold the loop lose what is still to come; names of events keep the order in which they came; null is the end of a
// stream, and no chunk. Each case is a process of its own.
const { spawnSync } = require('child_process');
const { EventEmitter, errorMonitor } = require('events');
const { Readable, Writable, Transform } = require('stream');
const { MessageChannel } = require('worker_threads');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const tick = process.nextTick, soon = setImmediate;
const code = (e) => (e ? e.code || e.message : 'ok');
const o = { objectMode: true };
const cases = {
  unrefAlone() { const { port1, port2 } = new MessageChannel(); port2.on('message', say('never')); port2.unref(); port1.postMessage(1); process.on('beforeExit', say('beforeExit')); },
  unrefBesideImmediate() { const { port1, port2 } = new MessageChannel(); port2.on('message', (m) => { log('got', m); if (m === 1) port1.postMessage(2); }); port2.unref(); port1.postMessage(1); soon(say('immediate')); },
  unrefBesideTimers() { const { port1, port2 } = new MessageChannel(); port2.on('message', (m) => log('got', m)); port2.unref(); setTimeout(() => { port1.postMessage(1); setTimeout(() => port1.postMessage('never'), 10); }, 10); },
  closedWithoutListener() { const { port1, port2 } = new MessageChannel(); port1.on('close', say('never')); port2.on('close', say('port2 close')); port2.close(); },
  closedWithListener() { const { port1, port2 } = new MessageChannel(); port1.on('message', () => {}); port1.on('close', say('port1 close')); port2.on('close', say('port2 close')); port2.close(); },
  refAgain() { const { port1, port2 } = new MessageChannel(); port2.on('message', (m) => { log('got', m); port2.close(); }); port2.unref(); port2.ref(); port1.postMessage(1); },
  names() {
    const e = new EventEmitter(), f = () => {};
    e.on(errorMonitor, f); for (const n of ['a', 'b', 'c']) e.on(n, f);
    e.off('a', f); e.on('d', f); e.on('a', f); log(e.eventNames().map(String).join());
    e.off('c', f); e.once('c', f); e.emit('b'); log(e.eventNames().map(String).join()); e.emit('c'); e.on('e', f); log(e.eventNames().map(String).join());
    e.on('removeListener', (n) => log('removed', String(n))); e.removeAllListeners(); log(e.eventNames().length);
  },
  nulls() {
    const w = new Writable({ ...o, write(c, e, cb) { log('write', c); cb(); } }); w.on('finish', say('finish'));
    try { w.write(null); } catch (e) { log('thrown', code(e)); } w.write('a'); w.end(null, say('ended'));
    try { w.write(null); } catch (e) { log('thrown', code(e)); }
    const r = new Readable({ ...o, read() {} }); r.push('x'); log(r.push(null)); r.on('data', (x) => log('data', x)); r.on('end', say('end'));
    const t = new Transform({ ...o, transform(c, e, cb) { cb(null, c === 'skip' ? null : c + '!'); }, flush(cb) { cb(null, 'last'); } });
    t.on('data', (x) => log('t', x)); t.on('end', say('t end')); for (const c of ['one', 'skip', 'two']) t.write(c); t.end();
  },
};
if (process.argv[2]) { process.on('exit', (c) => log('exit', c)); cases[process.argv[2]](); }
else {
  for (const name of Object.keys(cases)) {
    log('--', name);
    process.stdout.write(spawnSync(process.execPath, [__filename, name], { encoding: 'utf8', timeout: 20000 }).stdout);
  }
}
