// Writable streams: corks, drains, callbacks, finals and errors, synchronous and late.
const { Writable, Transform, Duplex, finished } = require('stream');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const watch = (w, name = 'w') => { for (const n of ['drain', 'prefinish', 'finish', 'close']) w.on(n, () => log(name, n)); w.on('error', (e) => log(name, 'error', e.message)); return w; };
const told = (name) => (e) => log(name, e ? e.code || e.message : 'ok');
const steps = {
  corks() {
    const w = watch(new Writable({ highWaterMark: 4, decodeStrings: false, writev(chunks, cb) { log('many', chunks.map((c) => c.chunk).join()); setImmediate(cb); }, write(c, e, cb) { log('one', c); setImmediate(cb); } }));
    w.cork(); w.cork();
    log(w.write('ab', told('ab')), w.write('cd', told('cd')), w.writableLength, w.writableCorked);
    w.uncork(); log('still corked');
    w.uncork(); log('uncorked');
    w.write('e', told('e')); w.write('f', told('f')); w.write('g', told('g'));
    w.once('drain', () => { w.cork(); w.write('last', told('last')); w.end('end', told('end')); log(w.writableCorked); });
  },
  synchronous() {
    const w = watch(new Writable({ highWaterMark: 2, decodeStrings: false, write(c, e, cb) { log('sink', c); cb(); } }));
    log(w.write('ab', told('ab')), w.writableNeedDrain, w.writableLength);
    process.nextTick(say('tick 1'));
    log(w.write('c', told('c')));
    Promise.resolve().then(say('micro'));
    process.nextTick(say('tick 2'));
    w.end(told('end'));
    setImmediate(say('immediate'));
  },
  drainInCallback() {
    let n = 0;
    const w = watch(new Writable({ objectMode: true, highWaterMark: 2, write(c, e, cb) { log('sink', c); process.nextTick(cb); } }));
    const go = () => { while (n < 5) { const ok = w.write(n, told('written ' + n)); n++; if (!ok) { log('full'); w.once('drain', go); return; } } w.end(); };
    go();
  },
  errorWithPending() {
    const w = watch(new Writable({ objectMode: true, write(c, e, cb) { setImmediate(cb, c === 'b' ? new Error('b fails') : null); } }));
    for (const c of 'abcd') w.write(c, told(c));
    w.end(told('end'));
    finished(w, told('finished'));
  },
  errorSync() {
    const w = watch(new Writable({ objectMode: true, write(c, e, cb) { cb(new Error('at once')); } }));
    log(w.write('a', told('a')), w.destroyed, w.errored && w.errored.message);
    log(w.write('b', told('b')));
    process.nextTick(say('tick'));
  },
  endTwice() {
    const w = watch(new Writable({ objectMode: true, write(c, e, cb) { setTimeout(cb, 2); } }));
    w.end('x', told('first'));
    w.end(told('second'));
    w.on('finish', () => { w.end(told('third')); w.write('late', told('late')); });
  },
  finalThrowsLate() {
    const w = watch(new Writable({ objectMode: true, final(cb) { log('final'); setTimeout(() => cb(new Error('final')), 2); } }));
    w.end(told('end'));
    w.on('prefinish', say('never'));
  },
  transformBackpressure() {
    const t = watch(new Transform({ objectMode: true, readableHighWaterMark: 1, writableHighWaterMark: 2, transform(c, e, cb) { log('transform', c); cb(null, c * 10); }, flush(cb) { log('flush'); setImmediate(cb, null, 'rest'); } }), 't');
    for (let i = 1; i <= 4; i++) log(t.write(i, told(i)), t.writableLength, t.readableLength);
    t.end();
    setTimeout(() => { t.on('data', (d) => log('data', d)); t.on('end', say('t end')); }, 5);
  },
  transformMany() {
    const t = watch(new Transform({ objectMode: true, transform(c, e, cb) { this.push(c + 'a'); if (c === 'y') return cb(); setTimeout(() => { this.push(c + 'b'); cb(null, c + 'c'); }, 2); } }), 't');
    t.on('data', (d) => { log('data', d); process.nextTick(say('tick of ' + d)); });
    t.write('x', told('x')); t.write('y', told('y')); t.end('z', told('z'));
  },
  transformErrorInFlush() {
    const t = watch(new Transform({ objectMode: true, transform(c, e, cb) { cb(null, c); }, flush(cb) { this.push('flushed'); cb(new Error('flush')); } }), 't');
    t.on('data', (d) => log('data', d)); t.on('end', say('never'));
    t.end('x', told('end'));
  },
  duplexHalves() {
    const d = watch(new Duplex({ objectMode: true, read() { log('read'); this.push(null); }, write(c, e, cb) { log('write', c); cb(); }, final(cb) { log('final'); cb(); } }), 'd');
    d.on('end', say('d end'));
    d.resume();
    d.write('x', told('x'));
    setTimeout(() => d.end(told('ended')), 5);
  },
  destroyInWrite() {
    const w = watch(new Writable({ objectMode: true, write(c, e, cb) { log('sink', c); this.destroy(new Error('in write')); cb(); } }));
    w.write('a', told('a')); w.write('b', told('b'));
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); steps[name](); await new Promise((r) => setTimeout(r, 200)); }
})();
