// Streams among ticks, microtasks, immediates and timers: when reads, writes, drains, ends and errors are told; marks, modes and iterators.
const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished } = require('stream');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const wait = (ms) => new Promise((ok) => setTimeout(ok, ms));
const marks = () => { process.nextTick(say('tick')); queueMicrotask(say('micro')); setImmediate(say('immediate')); };
const code = (e) => (e ? e.code || e.message : 'ok');
const watch = (s, name) => {
  for (const n of ['end', 'prefinish', 'finish', 'close', 'drain', 'pipe', 'unpipe']) s.on(n, () => log(name, n));
  s.on('error', (e) => log(name, 'error', e.message));
  return s;
};
const steps = {
  pushBeforeListening() {
    const r = watch(new Readable({ read() { log('read'); } }), 'r');
    r.push('a'); r.push('b');
    log('pushed', r.readableLength, r.readableFlowing);
    r.on('data', (d) => { log('data', String(d)); process.nextTick(say('tick of data')); queueMicrotask(say('micro of data')); });
    marks();
    r.push('c');
    setImmediate(() => { r.push('d'); log('pushed d'); r.push(null); log('pushed the end'); });
  },
  readableEventTimes() {
    const r = watch(new Readable({ highWaterMark: 3, read() { log('read'); } }), 'r');
    r.on('readable', () => log('readable', r.readableLength));
    marks();
    setImmediate(() => { r.push('ab'); log('pushed'); process.nextTick(say('tick after push')); setImmediate(() => { log(String(r.read(1)), String(r.read(5)), String(r.read())); r.push('c'); r.push(null); log(r.readableEnded); log(String(r.read())); }); });
  },
  writeTimes() {
    const w = watch(new Writable({ highWaterMark: 2, write(c, e, cb) { log('sink', String(c)); setImmediate(() => { log('sunk', String(c)); cb(); log('after the callback'); }); } }), 'w');
    log(w.write('ab', say('ab written')), w.write('c', say('c written')));
    marks();
    w.on('drain', () => { log('drained', w.writableLength); w.end('z', say('ended')); log('end called', w.writableEnded, w.writableFinished); });
  },
  writeSyncTimes() {
    const w = watch(new Writable({ highWaterMark: 2, write(c, e, cb) { log('sink', String(c)); cb(); } }), 'w');
    log(w.write('ab', say('ab written')), w.writableNeedDrain, w.write('c', say('c written')));
    marks();
    process.nextTick(() => { log(w.write('d', say('d written'))); w.end(say('ended')); });
  },
  writableErrorTimes() {
    const w = watch(new Writable({ write(c, e, cb) { process.nextTick(cb, new Error('bad ' + c)); } }), 'w');
    w.write('a', (e) => log('a', code(e))); w.write('b', (e) => log('b', code(e))); w.end('c', (e) => log('end', code(e)));
    marks();
    setImmediate(() => log(w.destroyed, w.errored.message, w.write('d', (e) => log('d', code(e)))));
  },
  zeroMarks() {
    const r = watch(new Readable({ highWaterMark: 0, read() { log('read'); this.push(this.n++ ? null : 'x'); } }), 'r');
    r.n = 0;
    r.on('data', (d) => log('data', String(d)));
    const w = watch(new Writable({ highWaterMark: 0, write(c, e, cb) { log('sink', String(c)); cb(); } }), 'w');
    log(w.write('a'), w.writableNeedDrain);
    marks();
  },
  objects() {
    const r = watch(new Readable({ objectMode: true, highWaterMark: 2, read() { log('read'); } }), 'r');
    log(r.push('a'), r.push(''), r.push('b'), r.readableLength);
    r.on('data', (d) => log(`data [${d}]`));
    setImmediate(() => r.push(null));
  },
  unshifted() {
    const r = watch(new Readable({ read() {} }), 'r');
    r.push('body'); r.push(null);
    r.once('readable', () => { const all = r.read(); log(String(all)); r.unshift(all.subarray(2)); log(r.readableLength); r.on('data', (d) => log('data', String(d))); });
  },
  async iterated() {
    const r = watch(new Readable({ objectMode: true, read() { log('read'); setImmediate(() => this.push(this.n < 3 ? this.n++ : null)); } }), 'r');
    r.n = 1;
    for await (const x of r) { log('got', x); process.nextTick(say('tick')); queueMicrotask(say('micro')); await null; log('after await'); }
    log('over', r.destroyed);
  },
  async iteratedAndThrown() {
    const r = watch(Readable.from([1, 2, 3]), 'r');
    try { for await (const x of r) { log('got', x); if (x === 2) throw new Error('body'); } } catch (e) { log('caught', e.message, r.destroyed); }
    const q = watch(new PassThrough({ objectMode: true }), 'q');
    q.write(1);
    setImmediate(() => q.destroy(new Error('destroyed')));
    try { for await (const x of q) log('got', x); } catch (e) { log('caught', e.message); }
    const p = watch(new PassThrough({ objectMode: true }), 'p');
    p.write(1);
    setImmediate(() => p.destroy());
    try { for await (const x of p) log('got', x); } catch (e) { log('caught', e.code); }
  },
  pipeTwoSpeeds() {
    const r = watch(Readable.from(['a', 'b', 'c', 'd'], { highWaterMark: 1 }), 'r');
    const fast = watch(new Writable({ objectMode: true, write(c, e, cb) { log('fast', c); cb(); } }), 'fast');
    const slow = watch(new Writable({ objectMode: true, highWaterMark: 1, write(c, e, cb) { log('slow', c); setTimeout(cb, 5); } }), 'slow');
    r.pipe(fast); r.pipe(slow);
    marks();
  },
  unpipedInData() {
    const r = watch(new Readable({ objectMode: true, read() {} }), 'r');
    const w = watch(new Writable({ objectMode: true, write(c, e, cb) { log('sink', c); if (c === 2) r.unpipe(w); cb(); } }), 'w');
    r.pipe(w);
    for (const n of [1, 2, 3]) r.push(n);
    setImmediate(() => { log(r.readableFlowing, r.readableLength); r.on('data', (d) => log('data', d)); r.resume(); r.push(null); });
  },
  transformTimes() {
    const t = watch(new Transform({ objectMode: true, transform(c, e, cb) { log('transform', c); setImmediate(() => { cb(null, c * 10); log('given', c); }); }, flush(cb) { log('flush'); process.nextTick(() => { this.push('tail'); cb(); }); } }), 't');
    t.on('data', (d) => log('data', d));
    t.write(1, say('1 taken')); t.write(2, say('2 taken')); t.end(say('ended'));
    marks();
  },
  transformDestroyed() {
    const t = watch(new Transform({ objectMode: true, transform(c, e, cb) { if (c === 2) { this.destroy(); log('destroyed'); } cb(null, c); } }), 't');
    t.on('data', (d) => log('data', d));
    for (const n of [1, 2, 3]) log(t.write(n, (e) => log('taken', n, code(e))));
    t.end((e) => log('end', code(e)));
  },
  finals() {
    const w = watch(new Writable({ write(c, e, cb) { setImmediate(cb); }, final(cb) { log('final'); setTimeout(() => { log('final done'); cb(); }, 2); } }), 'w');
    w.write('a', say('a written')); w.end(say('ended'));
    w.once('prefinish', () => { process.nextTick(say('tick of prefinish')); });
    finished(w, (e) => log('finished', code(e)));
    marks();
  },
  async pipelines() {
    const sink = () => new Writable({ objectMode: true, write(c, e, cb) { log('sink', c); setImmediate(cb); } });
    pipeline(Readable.from([1, 2]), new PassThrough({ objectMode: true }), watch(sink(), 'w'), (e) => { log('first', code(e)); process.nextTick(say('tick of first')); });
    await wait(20);
    const t = new Transform({ objectMode: true, transform(c, e, cb) { cb(c === 2 ? new Error('two') : null, c); } });
    pipeline(watch(Readable.from([1, 2, 3]), 'r'), watch(t, 't'), watch(sink(), 'w'), (e) => log('second', code(e)));
    await wait(20);
  },
  halves() {
    const d = watch(new Duplex({ objectMode: true, read() {}, write(c, e, cb) { log('sink', c); cb(); }, final(cb) { log('final'); this.push(null); cb(); } }), 'd');
    d.on('data', (x) => log('data', x));
    d.push('in'); d.write('out'); d.end();
    marks();
    finished(d, { writable: false }, (e) => log('reading finished', code(e)));
    finished(d, { readable: false }, (e) => log('writing finished', code(e)));
    finished(d, (e) => log('finished', code(e)));
  },
  destroyTimes() {
    const d = watch(new Duplex({ read() {}, write(c, e, cb) {}, destroy(e, cb) { log('destroy', code(e)); process.nextTick(cb, e); } }), 'd');
    d.write('x', (e) => log('x', code(e))); d.write('y', (e) => log('y', code(e)));
    marks();
    setImmediate(() => { d.destroy(new Error('first')); d.destroy(new Error('second')); log(d.destroyed, d.closed, d.errored.message); process.nextTick(() => log('tick after', d.closed)); });
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await wait(60); }
})();
