// Pipelines: how failures anywhere in them spread, and when their callbacks come.
const { Readable, Writable, Transform, PassThrough, pipeline, finished, Duplex } = require('stream');
const promises = require('stream/promises');
const log = (...a) => console.log(...a);
const told = (name) => (e) => log(name, e ? e.code || e.message : 'ok');
const watch = (s, name) => { for (const n of ['end', 'finish', 'close']) s.on(n, () => log(name, n)); s.on('error', (e) => log(name, 'error', e.code || e.message)); return s; };
const source = (items, o) => { const q = [...items]; return watch(new Readable({ objectMode: true, read() { const c = q.shift(); if (c === '!') this.destroy(new Error('source')); else this.push(c === undefined ? null : c); }, ...o }), 'r'); };
const middle = (o) => watch(new Transform({ objectMode: true, transform(c, e, cb) { cb(c === 'x' ? new Error('middle') : null, c + c); }, ...o }), 't');
const sink = (o) => watch(new Writable({ objectMode: true, write(c, e, cb) { log('got', c); cb(c === 'dd' ? new Error('sink') : null); }, ...o }), 'w');
const steps = {
  fine() { pipeline(source('ab'), middle(), sink(), told('done')); },
  sourceFails() { pipeline(source('a!'), middle(), sink(), told('done')); },
  middleFails() { pipeline(source('axb'), middle(), sink(), told('done')); },
  sinkFails() { pipeline(source('adb'), middle(), sink(), told('done')); },
  finalFails() { pipeline(source('a'), middle(), sink({ final(cb) { cb(new Error('final')); } }), told('done')); },
  flushFails() { pipeline(source('a'), middle({ flush(cb) { cb(new Error('flush')); } }), sink(), told('done')); },
  sourceDestroyed() { const r = source('abc'); pipeline(r, middle(), sink(), told('done')); setImmediate(() => {}); r.destroy(); },
  slowSink() { pipeline(source('abc'), middle(), sink({ highWaterMark: 1, write(c, e, cb) { log('slow', c); setTimeout(cb, 3); } }), told('done')); },
  async promised() {
    await promises.pipeline(source('ab'), middle(), sink()).then(() => log('resolved'));
    await promises.pipeline(source('ax'), middle(), sink()).catch((e) => log('rejected', e.message));
  },
  async generators() {
    await promises.pipeline(source('abc'), async function* (items) { for await (const c of items) { log('stage', c); yield c + '1'; yield c + '2'; } log('stage ends'); }, sink());
    log('resolved');
    await promises.pipeline(source('abc'), async function* (items) { for await (const c of items) { if (c === 'b') throw new Error('stage'); yield c; } }, sink()).catch((e) => log('rejected', e.message));
  },
  async finishedPromises() {
    const r = source('ab'); r.resume();
    await promises.finished(r); log('r finished');
    const w = sink(); w.end('a');
    await promises.finished(w); log('w finished');
    const bad = sink(); bad.end('dd');
    await promises.finished(bad).catch((e) => log('failed', e.message));
    const gone = source('ab'); gone.destroy();
    await promises.finished(gone).catch((e) => log('failed', e.code));
  },
  finishedLate() {
    const r = source('a'); r.resume();
    r.on('close', () => { finished(r, told('after close')); process.nextTick(() => log('tick')); });
  },
  cleanup() {
    const r = source('ab');
    const stop = finished(r, told('never'));
    stop(); r.resume();
  },
  async breakLoop() {
    const r = source('abc');
    for await (const c of r) { log('item', c); if (c === 'b') break; }
    log('after', r.destroyed);
    const q = source('a!');
    try { for await (const c of q) log('item', c); } catch (e) { log('caught', e.message); }
    const p = source('ab');
    try { for await (const c of p) throw new Error('body ' + c); } catch (e) { log('caught', e.message, p.destroyed); }
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await new Promise((r) => setTimeout(r, 150)); }
})();
