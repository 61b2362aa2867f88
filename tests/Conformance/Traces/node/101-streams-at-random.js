// Programs of streams that a generator of random numbers makes: sources, transforms and sinks of several kinds, joined in several ways,
// and moments at which somebody pauses, ends, destroys, writes, reads and corks them. No timers: moments are ticks, microtasks, immediates.
const { Readable, Writable, Transform, pipeline, finished } = require('stream');
const log = (...a) => console.log(...a);
const code = (e) => (e ? e.code || e.message : 'ok');
let state = 1;
const rnd = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state >>> 8) % n; };
const rounds = (n, f) => (n === 0 ? f() : setImmediate(() => rounds(n - 1, f)));
const when = (mode, f) => [f, () => process.nextTick(f), () => queueMicrotask(f), () => setImmediate(f), () => rounds(2, f), () => queueMicrotask(() => process.nextTick(f))][mode]();
const watch = (s, name) => {
  for (const n of ['pause', 'resume', 'end', 'prefinish', 'finish', 'drain', 'pipe', 'unpipe', 'close']) s.on(n, () => log(name, n));
  s.on('error', (e) => log(name, 'error', code(e)));
  finished(s, (e) => log(name, 'finished', code(e)));
  return s;
};
const source = () => {
  const [mark, count, mode, many, bad] = [1 + rnd(3), rnd(6), rnd(6), 1 + rnd(2), rnd(12)];
  let n = 0;
  return watch(new Readable({ objectMode: true, highWaterMark: mark, read() {
    when(mode, () => {
      for (let i = 0; i < many; i++) {
        if (n === bad) { n++; return this.destroy(new Error('source')); }
        if (n > count) return;
        if (n++ === count) { this.push(null); return; }
        this.push(n);
      }
    });
  } }), 'r');
};
const middle = () => {
  const [mark, mode, out, bad, flush] = [1 + rnd(3), rnd(6), rnd(3), rnd(15), rnd(4)];
  let n = 0;
  return watch(new Transform({ objectMode: true, highWaterMark: mark, transform(c, e, cb) {
    when(mode, () => {
      if (n++ === bad) return cb(new Error('middle'));
      for (let i = 0; i < out; i++) this.push(c * 10 + i);
      cb();
    });
  }, flush(cb) { if (flush === 0) this.push(0); when(flush, cb); } }), 't');
};
const sink = () => {
  const [mark, mode, bad, final] = [1 + rnd(3), rnd(6), rnd(15), rnd(6)];
  let n = 0;
  return watch(new Writable({ objectMode: true, highWaterMark: mark, write(c, e, cb) {
    log('write', c);
    when(mode, () => cb(n++ === bad ? new Error('sink') : null));
  }, final(cb) { when(final, () => cb(bad === 14 ? new Error('final') : null)); } }), 'w');
};
const drain = async (from, w) => {
  try { for await (const c of from) { log('item', c); if (!w.destroyed && !w.writableEnded) w.write(c); } } catch (e) { log('caught', code(e)); }
  w.end();
};
const join = (r, t, w) => {
  const last = t || r;
  const how = rnd(5);
  log('joined', how, t !== null);
  if (how > 1 && t) r.pipe(t);
  if (how === 0) { if (t) r.pipe(t).pipe(w); else r.pipe(w); }
  if (how === 1) { if (t) pipeline(r, t, w, (e) => log('done', code(e))); else pipeline(r, w, (e) => log('done', code(e))); }
  if (how === 2) { last.on('data', (c) => { log('data', c); w.write(c); }); last.on('end', () => w.end()); }
  if (how === 3) last.on('readable', () => { log('readable', last.readableLength); let c; while ((c = last.read()) !== null) w.write(c); });
  if (how === 4) drain(last, w);
  return last;
};
const act = (r, t, w, last, name, kind, at) => {
  log('act', kind, at);
  const target = [r, t || w, w][at];
  switch (kind) {
    case 0: r.pause(); break;
    case 1: last.resume(); break;
    case 2: last.unpipe(w); break;
    case 3: last.pipe(w); break;
    case 4: target.destroy(); break;
    case 5: target.destroy(new Error('act')); break;
    case 6: w.end(); break;
    case 7: log(w.write(99, (e) => log('99', code(e)))); break;
    case 8: w.cork(); break;
    case 9: w.uncork(); break;
    case 10: log(r.push(77)); break;
    case 11: log(r.unshift(55)); break;
    case 12: log('read', last.read()); break;
    case 13: r.push(null); break;
    case 14: if (t) t.end(); break;
    default: if (t) log(t.write(88, (e) => log('88', code(e))));
  }
};
const program = () => {
  const r = source();
  const t = rnd(2) ? middle() : null;
  const w = sink();
  const last = join(r, t, w);
  for (let i = rnd(4); i > 0; i--) {
    const [wait, mode, kind, at] = [rnd(8), rnd(6), rnd(16), rnd(3)];
    rounds(wait, () => when(mode, () => act(r, t, w, last, i, kind, at)));
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
  rounds(80, () => { end(); run(seed + 1, last); });
};
process.on('uncaughtException', (e) => log('uncaught', code(e)));
setImmediate(() => run(Number(process.argv[2] || 1), Number(process.argv[3] || 60)));
