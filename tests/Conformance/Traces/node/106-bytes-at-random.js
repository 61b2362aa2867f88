// Programs at random of streams of bytes: chunks of all lengths, empty ones too, read by hand in counts, put back, piped through transforms
// that cut and join them into sinks that take many at once. Moments are ticks, microtasks and immediates.
const { Readable, Writable, Transform, finished } = require('stream');
const log = (...a) => console.log(...a);
const code = (e) => (e ? e.code || e.message : 'ok');
const text = (b) => (b === null ? 'null' : b.length + ':' + String(b));
let state = 1;
const rnd = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state >>> 8) % n; };
const rounds = (n, f) => (n === 0 ? f() : setImmediate(() => rounds(n - 1, f)));
const when = (mode, f) => [f, () => process.nextTick(f), () => queueMicrotask(f), () => setImmediate(f), () => rounds(2, f), () => queueMicrotask(() => process.nextTick(f))][mode]();
const bytes = (from, length) => Buffer.from('abcdefghijklmnopqrstuvwxyz'.slice(from % 20, (from % 20) + length));
const watch = (s, name) => {
  for (const n of ['pause', 'resume', 'end', 'finish', 'drain', 'close']) s.on(n, () => log(name, n));
  s.on('error', (e) => log(name, 'error', code(e)));
  finished(s, (e) => log(name, 'finished', code(e)));
  return s;
};
const source = () => {
  const [mark, count, mode, many, length] = [rnd(8), rnd(7), rnd(6), 1 + rnd(3), 1 + rnd(6)];
  let n = 0;
  return watch(new Readable({ highWaterMark: mark, read(wanted) {
    log('asked');
    when(mode, () => {
      for (let i = 0; i < many; i++) {
        if (n > count) return;
        if (n++ === count) { this.push(null); return; }
        log('push', this.push(bytes(n, (n * 5) % length)));
      }
    });
  } }), 'r');
};
const middle = () => {
  const [mark, mode, cut, flush] = [rnd(6), rnd(6), rnd(4), rnd(3)];
  return watch(new Transform({ highWaterMark: mark, transform(c, e, cb) {
    log('transform', text(c));
    when(mode, () => { this.push(c.subarray(0, cut)); cb(null, c.subarray(cut)); });
  }, flush(cb) { if (flush) this.push(Buffer.from('!')); cb(); } }), 't');
};
const sink = () => {
  const [mark, mode, many] = [rnd(8), rnd(6), rnd(2)];
  const o = { highWaterMark: mark, write(c, e, cb) { log('write', text(c)); when(mode, cb); } };
  if (many) o.writev = (chunks, cb) => { log('writev', ...chunks.map((c) => text(c.chunk))); when(mode, cb); };
  return watch(new Writable(o), 'w');
};
const join = (r, t, w) => {
  const last = t || r;
  const [how, count] = [rnd(4), 1 + rnd(6)];
  log('joined', how, t !== null, count);
  if (t) r.pipe(t);
  if (how === 0) last.pipe(w);
  if (how === 1) { last.on('data', (c) => { log('data', text(c)); w.write(c); }); last.on('end', () => w.end()); }
  if (how === 2) { last.on('readable', () => { log('readable', last.readableLength); let c; while ((c = last.read(count)) !== null) w.write(c); }); }
  if (how === 3) { last.on('readable', () => { log('readable', last.readableLength, text(last.read(count))); }); }
  return last;
};
const act = (r, t, w, last, kind, count) => {
  log('act', kind, count);
  switch (kind) {
    case 0: log('read', text(last.read())); break;
    case 1: case 2: log('read', text(last.read(count))); break;
    case 3: log(r.unshift(bytes(7, count)), r.readableLength); break;
    case 4: log(r.push(bytes(3, count))); break;
    case 5: r.push(null); break;
    case 6: log(w.write(bytes(5, count)), w.writableLength); break;
    case 7: w.cork(); break;
    case 8: w.uncork(); break;
    case 9: last.pause(); break;
    case 10: last.resume(); break;
    case 11: w.end(bytes(9, count)); break;
    case 12: if (t) log(t.write(bytes(11, count)), t.writableLength, t.readableLength); break;
    default: log(last.unshift(bytes(0, count)), last.readableLength);
  }
};
const program = () => {
  const r = source();
  const t = rnd(2) ? middle() : null;
  const w = sink();
  const last = join(r, t, w);
  for (let i = rnd(6); i > 0; i--) {
    const [wait, mode, kind, count] = [rnd(8), rnd(6), rnd(14), rnd(6)];
    rounds(wait, () => when(mode, () => act(r, t, w, last, kind, count)));
  }
  return () => {
    log(r.destroyed, r.readableEnded, r.readableFlowing, r.readableLength, w.destroyed, w.writableFinished, w.writableLength, w.writableNeedDrain);
    if (t) log(t.destroyed, t.readableFlowing, t.readableLength, t.writableLength, t.writableNeedDrain);
  };
};
const run = (seed, last) => {
  if (seed > last) return;
  state = seed;
  log('--', seed);
  const end = program();
  rounds(60, () => { end(); run(seed + 1, last); });
};
process.on('uncaughtException', (e) => log('uncaught', code(e)));
setImmediate(() => run(Number(process.argv[2] || 1), Number(process.argv[3] || 60)));
