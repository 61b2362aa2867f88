// Transforms and duplexes: what waits where when one side is slow, ends, fails or is read by hand, and what chains of pipes make of it.
const { Readable, Writable, Transform, Duplex, PassThrough, pipeline, finished } = require('stream');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const code = (e) => (e ? e.code || e.message : 'ok');
const o = { objectMode: true };
const watch = (s, name) => { for (const n of ['drain', 'end', 'prefinish', 'finish', 'close']) s.on(n, () => log(name, n)); s.on('error', (e) => log(name, 'error', code(e))); return s; };
const upper = (more) => watch(new Transform({ ...o, transform(c, e, cb) { log('transform', c); cb(null, c + '!'); }, ...more }), 't');
const steps = {
  nobodyReads() { const t = upper({ highWaterMark: 1 }); for (const c of 'abcd') log(t.write(c, (e) => log('taken', c, code(e))), t.readableLength, t.writableLength); setTimeout(() => log(t.readableLength, t.writableLength, t.writableNeedDrain), 2); },
  readOnce() { const t = upper({ highWaterMark: 1 }); for (const c of 'abc') t.write(c, () => log('taken', c)); setImmediate(() => { log('read', t.read()); process.nextTick(() => log(t.readableLength, t.writableLength)); setImmediate(() => { log('read', t.read(), t.read()); t.end(); t.resume(); }); }); },
  nothingGiven() { const t = upper({ transform(c, e, cb) { log('swallowed', c); cb(); }, highWaterMark: 1 }); t.on('data', say('never')); for (const c of 'abc') log(t.write(c)); t.end(); },
  muchGiven() { const t = upper({ readableHighWaterMark: 2, transform(c, e, cb) { for (let i = 0; i < 3; i++) log('push', this.push(c + i)); cb(); } }); t.on('data', (d) => log('data', d)); log(t.write('a'), t.write('b')); t.end(); },
  pushAfterEnd() { const t = upper({ flush(cb) { cb(); this.push('late'); } }); t.on('data', (d) => log('data', d)); t.end('a'); },
  endsItself() { const t = upper({ transform(c, e, cb) { if (c === 'b') this.push(null); cb(null, c === 'b' ? undefined : c); } }); t.on('data', (d) => log('data', d)); t.write('a'); t.write('b', (e) => log('b', code(e))); setTimeout(() => { log(t.readableEnded, t.writable, t.destroyed); t.end(); }, 2); },
  throwsInTransform() { const t = upper({ transform() { throw new Error('thrown'); } }); try { t.write('a'); } catch (e) { log('caught', e.message); } log(t.destroyed); t.destroy(); },
  emptyEnd() { const t = upper({ flush(cb) { log('flush'); cb(null, 'tail'); } }); t.on('data', (d) => log('data', d)); t.end(); log(t.writableEnded, t.writableFinished); },
  constructed() {
    const t = upper({ construct(cb) { log('construct'); setTimeout(cb, 2); }, flush(cb) { log('flush'); cb(); } });
    t.on('data', (d) => log('data', d)); t.write('a', () => log('taken a')); t.end('b'); log('called');
  },
  corkedWrites() { const t = upper(); t.on('data', (d) => log('data', d)); t.cork(); t.write('a'); t.write('b'); log(t.writableLength); process.nextTick(() => { t.uncork(); log('uncorked'); t.end('c'); }); },
  chain() {
    const stage = (n, ms) => watch(new Transform({ ...o, highWaterMark: 1, transform(c, e, cb) { setTimeout(() => { log(n, c); cb(null, c); }, ms); } }), n);
    const sink = watch(new Writable({ ...o, highWaterMark: 1, write(c, e, cb) { log('sink', c); setImmediate(cb); } }), 'w');
    Readable.from([1, 2, 3], { highWaterMark: 1 }).pipe(stage('one', 1)).pipe(stage('two', 10)).pipe(sink);
  },
  chainFails() {
    const bad = watch(new Transform({ ...o, transform(c, e, cb) { cb(c === 2 ? new Error('two') : null, c); } }), 'bad');
    const sink = watch(new Writable({ ...o, write(c, e, cb) { log('sink', c); cb(); } }), 'w');
    const r = watch(Readable.from([1, 2, 3]), 'r');
    r.pipe(bad).pipe(sink);
    setTimeout(() => { log(r.destroyed, sink.destroyed, sink.writable); sink.end(); r.destroy(); }, 5);
  },
  duplexSides() {
    const d = watch(new Duplex({ readableObjectMode: true, writableObjectMode: true, read() { log('read'); }, write(c, e, cb) { log('write', c); this.push(c * 2); cb(); }, final(cb) { log('final'); setImmediate(() => { this.push(null); cb(); log('final done'); }); } }), 'd');
    d.on('data', (x) => log('data', x)); d.write(1); d.write(2); d.end(3);
  },
  duplexNotHalfOpen() { const d = watch(new Duplex({ ...o, allowHalfOpen: false, read() {}, write(c, e, cb) { log('write', c); setImmediate(cb); } }), 'd'); d.resume(); d.write(1, (e) => log('one', code(e))); d.write(2, (e) => log('two', code(e))); d.push(null); },
  duplexReadDestroysWrites() { const d = watch(new Duplex({ ...o, read() { setImmediate(() => this.destroy(new Error('reading'))); }, write(c, e, cb) { setTimeout(cb, 5); } }), 'd'); d.on('data', () => {}); d.write(1, (e) => log('one', code(e))); d.end((e) => log('end', code(e))); finished(d, (e) => log('finished', code(e))); },
  passThroughInTheMiddle() {
    const p = watch(new PassThrough({ ...o, highWaterMark: 2 }), 'p');
    for (let n = 1; n <= 4; n++) log(p.write(n));
    p.end();
    setImmediate(() => { p.once('readable', () => { log('readable', p.readableLength, p.read()); p.on('data', (d) => log('data', d)); }); });
  },
  unshifts() { const t = upper(); t.once('readable', () => { const c = t.read(); log('got', c); t.unshift('back'); t.unshift('front'); t.on('data', (d) => log('data', d)); }); t.write('a'); t.end('b'); },
  finishesBeforeRead() { const t = upper(); t.write('a'); t.end(() => log('ended', t.readableLength)); setTimeout(() => { log('reads'); t.on('data', (d) => log('data', d)); }, 3); finished(t, { readable: false }, (e) => log('written', code(e))); finished(t, (e) => log('whole', code(e))); },
  pausedBySink() {
    const t = upper({ highWaterMark: 2 });
    let n = 0; const w = watch(new Writable({ ...o, highWaterMark: 1, write(c, e, cb) { log('sink', c); if (++n === 2) t.unpipe(w); setImmediate(cb); } }), 'w');
    w.on('unpipe', say('unpipe')); t.pipe(w); for (const c of 'abcd') t.write(c);
    setTimeout(() => { log(t.readableFlowing, t.readableLength); t.pipe(w); t.end(); }, 5);
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await new Promise((ok) => setTimeout(ok, 60)); }
})();
