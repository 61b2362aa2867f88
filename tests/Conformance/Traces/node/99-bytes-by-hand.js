// Streams of bytes read by hand: counts beyond what is there, marks of zero, empty chunks, chunks put back, and what is left at the end.
const { Readable, Writable, PassThrough, Transform } = require('stream');
const log = (...a) => console.log(...a);
const text = (b) => (b === null ? 'null' : String(b));
const b = (s) => Buffer.from(s);
const watch = (s, name) => { for (const n of ['readable', 'end', 'close', 'drain', 'finish']) s.on(n, () => log(name, n)); s.on('error', (e) => log(name, 'error', e.code || e.message)); return s; };
const bytes = (chunks, o) => { const q = chunks.slice(); return new Readable({ read(n) { log('asked'); this.push(q.length ? b(q.shift()) : null); }, ...o }); };
const steps = {
  counts() {
    const r = bytes(['ab', 'cd', 'ef'], { highWaterMark: 3 });
    r.on('readable', () => { log('readable', r.readableLength); let c; while ((c = r.read(3)) !== null) log('three', text(c), r.readableLength); });
    r.on('end', () => log('end'));
  },
  moreThanThere() {
    const r = bytes(['ab', 'cd', 'ef', 'g'], { highWaterMark: 2 });
    r.on('readable', () => log('readable', r.readableLength, text(r.read(5)), r.readableHighWaterMark));
    r.on('end', () => log('end', r.readableLength));
  },
  oneByte() {
    const r = bytes(['abc', 'd'], { highWaterMark: 1 });
    r.on('readable', () => log('readable', text(r.read(1)), r.readableLength));
    r.on('end', () => log('end'));
  },
  markOfZero() {
    const r = bytes(['ab', 'c'], { highWaterMark: 0 });
    r.on('readable', () => log('readable', text(r.read()), r.readableLength));
    r.on('end', () => log('end'));
  },
  markOfZeroFlowing() {
    const r = bytes(['ab', 'c'], { highWaterMark: 0 });
    r.on('data', (c) => log('data', text(c)));
    r.on('end', () => log('end'));
    process.nextTick(() => log('tick'));
  },
  zeroCount() {
    const r = watch(new Readable({ read() { log('asked'); } }), 'r');
    log(text(r.read(0)));
    r.push(b('abc'));
    log(text(r.read(0)), r.readableLength);
    setImmediate(() => { log(text(r.read(0)), text(r.read(2)), text(r.read(2)), text(r.read(1)), text(r.read())); r.push(null); log(text(r.read(0))); });
  },
  emptyChunks() {
    const r = watch(new Readable({ read() { log('asked'); } }), 'r');
    log(r.push(b('')), r.readableLength);
    setImmediate(() => {
      log(r.push(b('x')), r.push(b('')), r.readableLength);
      setImmediate(() => { log(text(r.read())); r.push(b('')); r.push(null); log(text(r.read())); });
    });
  },
  emptyAndFlowing() {
    let n = 0;
    const r = new Readable({ read() { log('asked', n); this.push(n < 4 ? b(n++ % 2 ? 'x' + n : '') : null); } });
    r.on('data', (c) => log('data', text(c)));
    r.on('end', () => log('end'));
  },
  putBack() {
    const r = bytes(['abcdef', 'gh'], { highWaterMark: 4 });
    r.once('readable', () => {
      log(text(r.read(4)));
      log(r.unshift(b('CD')), r.readableLength);
      log(text(r.read(3)), r.readableLength);
      r.unshift(b('')); log(r.readableLength);
      r.on('data', (c) => { log('data', text(c)); if (String(c) === 'gh') { r.unshift(b('again')); } });
      r.on('end', () => log('end'));
    });
  },
  putBackAfterTheEnd() {
    const r = watch(bytes([]), 'r');
    r.on('data', (c) => log('data', text(c)));
    r.on('end', () => setImmediate(() => { log(r.destroyed); r.unshift(b('late')); r.push(b('late')); }));
  },
  putBackAtTheEnd() {
    const r = watch(new Readable({ autoDestroy: false, read() {} }), 'r');
    r.push(b('tail')); r.push(null);
    setImmediate(() => { log(text(r.read())); r.unshift(b('back')); log(r.readableLength); setImmediate(() => { log(text(r.read()), r.readableEnded); }); });
  },
  transformsOfBytes() {
    const t = new Transform({ highWaterMark: 3, transform(c, e, cb) { log('transform', text(c)); this.push(c.subarray(0, 1)); cb(null, c.subarray(1)); } });
    log(t.write(b('a')), t.write(b('bcd')), t.write(b('')), t.writableLength, t.readableLength);
    t.end();
    setImmediate(() => { log(t.readableLength, t.writableLength); t.on('readable', () => { let c; while ((c = t.read(2)) !== null) log('two', text(c)); }); t.on('end', () => log('end')); });
  },
  bytesThrough() {
    const p = watch(new PassThrough({ readableHighWaterMark: 4, writableHighWaterMark: 2 }), 'p');
    for (const c of ['ab', 'cd', 'ef', '']) log(p.write(b(c)), p.writableLength, p.readableLength, p.writableNeedDrain);
    setImmediate(() => { log('read', text(p.read(3)), p.writableLength, p.readableLength); setImmediate(() => { p.end(); log('read', text(p.read())); }); });
  },
  countsAtTheEnd() {
    const r = watch(new Readable({ read() {} }), 'r');
    r.push(b('abc'));
    setImmediate(() => {
      log(text(r.read(10)));
      r.push(null);
      setImmediate(() => { log(text(r.read(10)), r.readableEnded); setImmediate(() => log(r.readableEnded, text(r.read(1)))); });
    });
  },
  emptyWrites() {
    const w = watch(new Writable({ highWaterMark: 1, write(c, e, cb) { log('write', c.length); setImmediate(cb); } }), 'w');
    log(w.write(b('')), w.writableLength, w.write(b('x'), () => log('x taken')), w.writableLength);
    w.end(b(''), () => log('ended'));
  },
};
(async () => { for (const name of Object.keys(steps)) { log('--', name); steps[name](); await new Promise((ok) => setTimeout(ok, 30)); } })();
