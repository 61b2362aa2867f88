// Programs of streams at random once more, of the stranger kinds: made ready late, closed in silence, never destroyed by themselves, with
// nobody who takes their errors, halves that end each other, two sinks, signals, and loops that break.
const { Readable, Writable, Duplex, pipeline, finished, addAbortSignal } = require('stream');
const log = (...a) => console.log(...a);
const code = (e) => (e ? e.code || e.message : 'ok');
let state = 1;
const rnd = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state >>> 8) % n; };
const rounds = (n, f) => (n === 0 ? f() : setImmediate(() => rounds(n - 1, f)));
const when = (mode, f) => [f, () => process.nextTick(f), () => queueMicrotask(f), () => setImmediate(f), () => rounds(2, f), () => queueMicrotask(() => process.nextTick(f))][mode]();
const options = (name) => {
  const [mark, keeps, silent, construct, destroy, half] = [rnd(4), rnd(4), rnd(5), rnd(18), rnd(18), rnd(2)];
  const o = { objectMode: true, highWaterMark: mark, autoDestroy: keeps !== 0, emitClose: silent !== 0, allowHalfOpen: half === 0 };
  if (construct < 7) o.construct = (cb) => { log(name, 'construct'); when(construct % 6, () => cb(construct === 6 ? new Error('construct') : null)); };
  if (destroy < 8) o.destroy = (e, cb) => { log(name, 'destroy', code(e)); when(destroy % 6, () => cb(destroy > 5 ? new Error('destroy') : e)); };
  return o;
};
const watch = (s, name) => {
  for (const n of ['pause', 'resume', 'end', 'prefinish', 'finish', 'drain', 'unpipe', 'close']) s.on(n, () => log(name, n));
  const [deaf, sides] = [rnd(4), rnd(4)];
  if (deaf) s.on('error', (e) => log(name, 'error', code(e)));
  if (sides === 1) finished(s, (e) => log(name, 'finished', code(e)));
  if (sides === 2) finished(s, { readable: false }, (e) => log(name, 'written', code(e)));
  if (sides === 3) finished(s, { writable: false }, (e) => log(name, 'read', code(e)));
  return s;
};
const giver = () => {
  const [count, mode, bad] = [rnd(6), rnd(6), rnd(12)];
  let n = 0;
  return function () {
    when(mode, () => {
      if (n === bad) { n++; this.destroy(new Error('giver')); } else if (n === count) { n++; this.push(null); } else if (n < count) this.push(++n);
    });
  };
};
const taker = (name) => {
  const [mode, bad] = [rnd(6), rnd(15)];
  let n = 0;
  return (c, e, cb) => { log(name, 'write', c); when(mode, () => cb(n++ === bad ? new Error('taker') : null)); };
};
const many = (name) => {
  const mode = rnd(6);
  return (chunks, cb) => { log(name, 'writev', ...chunks.map((c) => c.chunk)); when(mode, cb); };
};
const source = () => watch(new Readable({ ...options('r'), read: giver() }), 'r');
const middle = () => watch(new Duplex({ ...options('d'), read: giver(), write: taker('d'), final: rnd(2) ? undefined : (cb) => setImmediate(cb) }), 'd');
const sink = (name) => {
  const o = options(name);
  const [write, writev, both] = [taker(name), many(name), rnd(3)];
  return watch(new Writable(both ? { ...o, write } : { ...o, write, writev }), name);
};
const drain = async (from, keep, last) => {
  try { for await (const c of from.iterator({ destroyOnReturn: !keep })) { log('item', c); if (c === last) break; } log('loop ends'); } catch (e) { log('caught', code(e)); }
};
const join = (s) => {
  const how = rnd(7);
  log('joined', how);
  const done = (e) => log('done', code(e));
  if (how === 0) s.r.pipe(s.d).pipe(s.w);
  if (how === 1) pipeline(s.r, s.d, s.w, done);
  if (how === 2) { s.r.pipe(s.w); s.r.pipe(s.x); }
  if (how === 3) { const [keep, last] = [rnd(2), rnd(5)]; drain(s.r, keep, last); s.d.pipe(s.w); }
  if (how === 4) finished(pipeline(s.r, s.d, done), (e) => log('and', code(e)));
  if (how === 5) { addAbortSignal(s.ac.signal, s.d); s.r.pipe(s.d); s.d.on('data', (c) => log('data', c)); }
  if (how === 6) require('stream/promises').pipeline(s.r, s.w, { signal: s.ac.signal, end: rnd(2) === 0 }).then(() => done(), done);
};
const act = (s, kind, at) => {
  log('act', kind, at);
  const any = [s.r, s.d, s.w][at];
  const reads = at === 0 ? s.r : s.d;
  const writes = at === 0 ? s.d : s.w;
  switch (kind) {
    case 0: reads.pause(); break;
    case 1: reads.resume(); break;
    case 2: any.destroy(); break;
    case 3: any.destroy(new Error('act')); break;
    case 4: writes.end((e) => log('ended', code(e))); break;
    case 5: log(writes.write(99, (e) => log('99', code(e)))); break;
    case 6: writes.cork(); break;
    case 7: writes.uncork(); break;
    case 8: log(reads.push(77)); break;
    case 9: reads.push(null); break;
    case 10: s.ac.abort(); break;
    case 11: log('read', reads.read()); break;
    case 12: reads.on('readable', () => log('readable', reads.read())); break;
    case 13: reads.on('data', (c) => log('also', c)); break;
    case 14: finished(any, (e) => log('later finished', code(e))); break;
    case 15: reads.removeAllListeners('readable'); break;
    case 16: log(writes.end(66)  === writes); break;
    default: reads.unpipe(); break;
  }
};
const program = () => {
  const s = { r: source(), d: middle(), w: sink('w'), x: sink('x'), ac: new AbortController() };
  join(s);
  for (let i = rnd(5); i > 0; i--) {
    const [wait, mode, kind, at] = [rnd(8), rnd(6), rnd(18), rnd(3)];
    rounds(wait, () => when(mode, () => act(s, kind, at)));
  }
  return () => {
    for (const x of [s.r, s.d, s.w]) log(x.destroyed, x.closed, code(x.errored), x.readable === true, x.writable === true);
    log(s.r.readableEnded, s.r.readableFlowing, s.r.readableLength, s.d.readableFlowing, s.d.writableLength, s.w.writableFinished, s.w.writableLength, s.w.writableNeedDrain);
  };
};
const run = (seed, last, then) => {
  if (seed > last) return then && then();
  state = seed;
  log('--', seed);
  const end = program();
  rounds(80, () => { end(); run(seed + 1, last, then); });
};
process.on('uncaughtException', (e) => log('uncaught', code(e)));
process.on('unhandledRejection', (e) => log('unhandled', code(e)));
// Without arguments: the first sixty, and two that once told something else here.
const [first, last] = process.argv.slice(2).map(Number);
setImmediate(() => (first ? run(first, last) : run(1, 60, () => run(5533, 5533, () => run(5577, 5577)))));
