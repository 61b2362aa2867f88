// Listeners of streams, sockets, files, workers and signals that throw, with somebody who takes what nobody catches: what goes on behind them.
const { Readable, Writable, Transform, PassThrough, pipeline, finished } = require('stream');
const { EventEmitter } = require('events');
const { Worker } = require('worker_threads');
const fs = require('fs'), net = require('net');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const wait = (ms) => new Promise((ok) => setTimeout(ok, ms));
const code = (e) => (e ? e.code || e.message : 'ok');
const o = { objectMode: true };
process.on('uncaughtException', (e) => { log('uncaught', e.message); process.nextTick(say('tick of uncaught')); });
const fail = (m) => { throw new Error(m); };
const watch = (s, name) => { for (const n of ['end', 'finish', 'close']) s.on(n, () => log(name, n)); s.on('error', (e) => log(name, 'error', code(e))); return s; };
const steps = {
  inData() { const r = watch(new Readable({ ...o, read() {} }), 'r'); r.on('data', (d) => { log('data', d); if (d === 1) fail('data'); }); for (const n of [1, 2]) r.push(n); r.push(null); },
  inEnd() { const r = new Readable({ ...o, read() { this.push(null); } }); r.on('end', () => fail('end')); r.on('end', say('never')); r.on('close', say('close')); r.resume(); },
  inReadable() { const r = watch(new Readable({ ...o, read() {} }), 'r'); let n = 0; r.on('readable', () => { log('readable', r.read()); if (n++ === 0) fail('readable'); }); r.push(1); setTimeout(() => { r.push(2); r.push(null); }, 3); },
  inWrite() { const w = watch(new Writable({ ...o, write(c, e, cb) { log('write', c); if (c === 2) fail('write'); setImmediate(cb); } }), 'w'); for (const n of [1, 2, 3]) w.write(n, (e) => log('written', n, code(e))); setTimeout(() => log(w.destroyed, w.writableLength), 5); },
  inWriteCallback() { const w = watch(new Writable({ ...o, write(c, e, cb) { cb(); } }), 'w'); w.write(1, () => fail('callback')); w.write(2, say('second')); w.end(say('end')); },
  inFinal() { const w = watch(new Writable({ ...o, write(c, e, cb) { cb(); }, final() { fail('final'); } }), 'w'); w.end(1, (e) => log('end', code(e))); },
  inFinish() { const w = new Writable({ ...o, write(c, e, cb) { cb(); } }); w.on('finish', () => fail('finish')); w.on('finish', say('never')); w.on('close', say('close')); w.end((e) => log('end', code(e))); },
  inClose() { const r = new Readable({ ...o, read() {} }); r.on('close', () => fail('close')); r.on('close', say('never')); finished(r, (e) => log('finished', code(e))); r.destroy(); },
  inError() { const r = new Readable({ ...o, read() {} }); r.on('error', () => fail('from error')); r.on('close', say('never')); r.destroy(new Error('first')); },
  noListener() { const r = new Readable({ ...o, read() {} }); r.on('close', say('close')); r.destroy(new Error('unheard')); },
  inFlush() { const t = watch(new Transform({ ...o, transform(c, e, cb) { cb(null, c); }, flush() { fail('flush'); } }), 't'); t.on('data', (d) => log('data', d)); t.end(1); },
  inPipelineDone() { pipeline(Readable.from([1]), new PassThrough(o), watch(new Writable({ ...o, write(c, e, cb) { cb(); } }), 'w'), () => fail('done')); },
  async inFileCallback() { fs.stat(__filename, () => { process.nextTick(say('tick')); queueMicrotask(say('micro')); fail('stat'); }); await wait(20); },
  async inConnection(done) {
    const s = net.createServer((c) => { c.on('error', () => {}); c.on('close', say('server side close')); c.resume(); fail('connection'); }).listen(0, '127.0.0.1', () => {
      const c = net.connect(s.address().port, '127.0.0.1', () => setTimeout(() => c.end(), 20));
      c.on('close', () => { log('client close'); s.close(() => setTimeout(done, 5)); }); c.resume();
    });
  },
  async inConnectListener(done) {
    const s = net.createServer((c) => { c.on('error', () => {}); c.resume(); c.on('close', say('server side close')); setTimeout(() => c.end('bye'), 20); }).listen(0, '127.0.0.1', () => {
      const c = net.connect(s.address().port, '127.0.0.1'); c.on('data', (d) => log('client', String(d))); c.on('end', say('client end')); c.on('close', say('client close'));
      c.on('connect', () => { setTimeout(() => { log(c.destroyed, c.connecting); c.destroy(); s.close(() => setTimeout(done, 5)); }, 60); fail('connect'); }); c.on('connect', say('never')); c.on('ready', say('ready'));
    });
  },
  async inSocketData(done) {
    const s = net.createServer((c) => { c.on('close', say('server side close')); c.on('data', (d) => { log('data', String(d)); if (String(d) === 'a') { setImmediate(() => c.write('go')); fail('socket data'); } c.end('bye'); }); }).listen(0, '127.0.0.1', () => {
      const c = net.connect(s.address().port, '127.0.0.1'); c.write('a');
      c.on('data', (d) => { log('client', String(d)); if (String(d) === 'go') c.write('b'); });
      c.on('end', () => { setTimeout(() => { log(c.destroyed, c.writable); c.destroy(); }, 20); fail('client end'); }); c.on('close', () => { log('client close'); s.close(() => setTimeout(done, 5)); });
    });
  },
  async inWorkerListener(done) {
    const w = new Worker("const { parentPort } = require('worker_threads'); parentPort.postMessage(1); setTimeout(() => parentPort.postMessage(2), 30);", { eval: true });
    w.once('exit', () => setTimeout(done, 30));
    w.on('online', say('online')); w.on('message', (m) => { log('message', m); if (m === 1) fail('message'); }); w.on('exit', (c) => { log('exit', c); fail('exit'); });
    w.on('error', say('never')).once('exit', say('never'));
  },
  async inAbort() { const ac = new AbortController(), r = watch(new Readable({ ...o, read() {}, signal: ac.signal }), 'r'); ac.signal.addEventListener('abort', () => fail('abort')); ac.abort(); log('aborted', r.destroyed); await wait(2); },
  async inEventsOfEmitters() { const e = new EventEmitter(); e.on('newListener', () => fail('new')); try { e.on('x', say('x')); } catch (x) { log('caught', x.message); } log(e.listenerCount('x')); e.removeAllListeners('newListener'); e.on('x', say('x')); e.on('removeListener', () => fail('removed')); try { e.removeAllListeners('x'); } catch (x) { log('caught', x.message); } log(e.listenerCount('x')); },
};
const pauses = { inFileCallback: 60, inConnection: 0, inConnectListener: 0, inSocketData: 0, inWorkerListener: 0 };
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await new Promise((ok) => setImmediate(() => { const pause = pauses[name] ?? 20; if (pause) setTimeout(ok, pause); steps[name](ok); })); }
})();
