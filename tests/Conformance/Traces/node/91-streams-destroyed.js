// Streams that are destroyed: in their own callbacks, by pipelines, by signals, while others wait for them; and what finished tells of each.
const { Readable, Writable, Transform, Duplex, PassThrough, pipeline, finished, addAbortSignal } = require('stream');
const promises = require('stream/promises');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const code = (e) => (e ? e.code || e.message : 'ok');
const watch = (s, name) => { for (const n of ['end', 'finish', 'close']) s.on(n, () => log(name, n)); s.on('error', (e) => log(name, 'error', code(e))); return s; };
const o = { objectMode: true };
const steps = {
  inEnd() { const r = watch(Readable.from(['a']), 'r'); r.on('end', () => { r.destroy(new Error('late')); log(r.destroyed, code(r.errored)); }); r.resume(); finished(r, (e) => log('finished', code(e))); },
  inFinish() { const d = watch(new Duplex({ ...o, read() {}, write(c, e, cb) { cb(); } }), 'd'); d.on('finish', () => { d.destroy(new Error('in finish')); }); finished(d, (e) => log('finished', code(e))); d.end('x'); },
  inRead() { const r = watch(new Readable({ ...o, read() { this.push('x'); this.destroy(); this.push('y'); } }), 'r'); r.on('data', (d) => log('data', d)); finished(r, (e) => log('finished', code(e))); },
  inData() { const r = watch(new Readable({ ...o, read() {} }), 'r'); r.on('data', (d) => { log('data', d); if (d === 2) r.destroy(); }); for (const n of [1, 2, 3]) r.push(n); r.push(null); },
  inReadable() { const r = watch(new Readable({ ...o, read() {} }), 'r'); r.on('readable', () => { log('readable', r.read()); r.destroy(new Error('enough')); log(r.read(), r.readableLength); }); r.push(1); r.push(2); },
  inWriteCallback() { const w = watch(new Writable({ ...o, write(c, e, cb) { process.nextTick(cb); } }), 'w'); w.write(1, (e) => { log('one', code(e)); w.destroy(); }); w.write(2, (e) => log('two', code(e))); w.end(3, (e) => log('end', code(e))); },
  inFinal() { const w = watch(new Writable({ ...o, write(c, e, cb) { cb(); }, final(cb) { log('final'); this.destroy(); cb(); } }), 'w'); w.end('x', (e) => log('end', code(e))); finished(w, (e) => log('finished', code(e))); },
  inFlush() { const t = watch(new Transform({ ...o, transform(c, e, cb) { cb(null, c); }, flush(cb) { log('flush'); this.destroy(new Error('flush')); cb(null, 'tail'); } }), 't'); t.on('data', (d) => log('data', d)); t.end('x', (e) => log('end', code(e))); },
  flushFailsLate() { const t = watch(new Transform({ ...o, transform(c, e, cb) { cb(null, c); }, flush(cb) { this.push('pushed'); setTimeout(() => cb(new Error('flush'), 'lost'), 2); } }), 't'); t.on('data', (d) => log('data', d)); t.end('x', (e) => log('end', code(e))); finished(t, (e) => log('finished', code(e))); },
  flushCallsTwice() { const t = watch(new Transform({ ...o, transform(c, e, cb) { cb(null, c); }, flush(cb) { cb(null, 'tail'); } }), 't'); t.on('data', (d) => log('data', d)); t.write(1); t.end(); t.end((e) => log('second end', code(e))); },
  transformCallsTwice() { const t = watch(new Transform({ ...o, transform(c, e, cb) { cb(null, c); cb(null, c + '!'); } }), 't'); t.on('data', (d) => log('data', d)); t.write('x', (e) => log('x', code(e))); },
  lateCallbacks() { const w = watch(new Writable({ ...o, write(c, e, cb) { setTimeout(() => { cb(); log('called'); }, 3); } }), 'w'); w.write(1, (e) => log('one', code(e))); w.end((e) => log('end', code(e))); finished(w, (e) => log('finished', code(e))); process.nextTick(() => w.destroy(new Error('stop'))); },
  slowDestroy() {
    const w = watch(new Writable({ ...o, write(c, e, cb) { cb(); }, destroy(e, cb) { log('destroying', code(e)); setTimeout(cb, 3, e); } }), 'w');
    finished(w, (e) => log('finished', code(e))); w.destroy(new Error('slow')); log(w.destroyed, w.closed); w.destroy(new Error('second'));
    setImmediate(() => { finished(w, (e) => log('finished late', code(e))); log(w.errored.message); });
  },
  destroyThrows() { const r = watch(new Readable({ ...o, read() {}, destroy(e, cb) { throw new Error('in destroy'); } }), 'r'); r.destroy(); },
  async afterwards() {
    const r = Readable.from(['a']); r.resume(); await promises.finished(r); log('ended', r.destroyed, r.readableEnded);
    finished(r, (e) => log('again', code(e)));
    const w = new Writable({ ...o, write(c, e, cb) { cb(); } }); w.on('error', () => {}); w.destroy(new Error('gone'));
    await promises.finished(w).catch((e) => log(code(e)));
    await promises.finished(w).catch((e) => log('again', code(e)));
    const p = new PassThrough(o); p.destroy(); finished(p, (e) => log('passed', code(e)));
  },
  async withSignal() {
    const ac = new AbortController(), r = watch(new Readable({ ...o, read() {} }), 'r');
    const p = promises.finished(r, { signal: ac.signal });
    finished(r, { signal: ac.signal }, (e) => log('callback', e.name));
    process.nextTick(() => { ac.abort(); log('aborted', r.destroyed); });
    await p.catch((e) => log('promise', e.name));
    finished(r, { signal: ac.signal }, (e) => log('at once', e.name));
    addAbortSignal(ac.signal, r); log(r.destroyed);
  },
  async pipelineAborted() {
    const ac = new AbortController();
    const r = watch(new Readable({ ...o, read() {} }), 'r'), t = watch(new PassThrough(o), 't'), w = watch(new Writable({ ...o, write(c, e, cb) { log('got', c); cb(); } }), 'w');
    const p = promises.pipeline(r, t, w, { signal: ac.signal });
    r.push(1); setTimeout(() => { ac.abort(new Error('why')); log('aborted', r.destroyed, t.destroyed, w.destroyed); }, 3);
    await p.catch((e) => log(e.name, e.cause.message));
    await promises.pipeline(Readable.from([1]), new PassThrough(o), { signal: ac.signal }).catch((e) => log('at once', e.name));
  },
  async pipelineKept() {
    const w = watch(new Writable({ ...o, write(c, e, cb) { log('got', c); cb(); } }), 'w');
    await promises.pipeline(Readable.from([1, 2]), w, { end: false }); log('first', w.writable);
    await promises.pipeline(Readable.from([3]), w, { end: false }); log('second', w.writable);
    w.end();
  },
  pipelineMiddleDestroyed() {
    const r = watch(new Readable({ ...o, read() {} }), 'r'), t = watch(new PassThrough(o), 't'), w = watch(new PassThrough(o), 'w');
    pipeline(r, t, w, (e) => { log('done', code(e)); process.nextTick(say('tick')); });
    r.push(1); setImmediate(() => { t.destroy(); log('destroyed', r.destroyed, w.destroyed); });
  },
  pipelineSinkEnds() {
    const r = watch(new Readable({ ...o, read() {} }), 'r'), w = watch(new Writable({ ...o, write(c, e, cb) { cb(); } }), 'w');
    pipeline(r, w, (e) => log('done', code(e)));
    r.push(1); setImmediate(() => w.end());
  },
  pipeDestroyed() {
    const r = watch(new Readable({ ...o, read() {} }), 'r'), w = watch(new Writable({ ...o, write(c, e, cb) { log('got', c); cb(); } }), 'w');
    w.on('unpipe', say('unpipe')); r.pipe(w); r.push(1);
    setImmediate(() => { r.destroy(); setImmediate(() => { log(w.destroyed, w.writable); w.end(); }); });
  },
  pipeSinkDestroyed() {
    const r = watch(new Readable({ ...o, read() {} }), 'r'), w = watch(new Writable({ ...o, write(c, e, cb) { log('got', c); cb(); } }), 'w');
    w.on('unpipe', say('unpipe')); r.pipe(w); r.push(1);
    setImmediate(() => { w.destroy(); r.push(2); setTimeout(() => log(r.destroyed, r.readableFlowing, r.readableLength), 3); });
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await new Promise((ok) => setTimeout(ok, 30)); }
})();
