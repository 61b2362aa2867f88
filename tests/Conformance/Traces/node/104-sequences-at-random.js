// Programs of sequences at random: generators that are sources and stages of pipelines, that wait, fail and leave early, into sinks that are
// slow, fail and are destroyed, under a signal that may be aborted. Moments are ticks and immediates.
const { Readable, Writable, Transform, pipeline, finished } = require('stream');
const log = (...a) => console.log(...a);
const code = (e) => (e ? e.code || e.message : 'ok');
let state = 1;
const rnd = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state >>> 8) % n; };
const rounds = (n, f) => (n === 0 ? f() : setImmediate(() => rounds(n - 1, f)));
const when = (mode, f) => [f, () => process.nextTick(f), () => setImmediate(f), () => rounds(2, f)][mode]();
const pause = (mode) => (mode === 0 ? Promise.resolve() : new Promise((ok) => when(mode, ok)));
async function* numbers(count, mode, bad) {
  try {
    for (let i = 1; i <= count; i++) { await pause(mode); if (i === bad) throw new Error('numbers'); log('gives', i); yield i; }
  } finally { log('numbers end'); }
}
const stage = (name) => {
  const [mode, bad, leave, many] = [rnd(4), rnd(10), rnd(10), rnd(3)];
  return async function* (from) {
    let n = 0;
    try {
      for await (const c of from) {
        log(name, 'takes', c);
        await pause(mode);
        if (++n === bad) throw new Error(name);
        if (n === leave) { log(name, 'leaves'); return; }
        for (let i = 0; i < many; i++) yield c * 10 + i;
      }
      log(name, 'had all');
    } finally { log(name, 'ends'); }
  };
};
const watch = (s, name) => {
  for (const n of ['end', 'finish', 'drain', 'close']) s.on(n, () => log(name, n));
  s.on('error', (e) => log(name, 'error', code(e)));
  return s;
};
const source = () => {
  const [kind, count, mode, bad] = [rnd(4), rnd(6), rnd(4), rnd(10)];
  const items = [1, 2, 3, 4, 5].slice(0, count);
  log('source', kind);
  if (kind === 0) return numbers(count, mode, bad);
  if (kind === 1) return watch(Readable.from(numbers(count, mode, bad)), 'r');
  if (kind === 2) return watch(Readable.from(items), 'r');
  let n = 0;
  return watch(new Readable({ objectMode: true, highWaterMark: 2, read() { when(mode, () => { if (n === bad) this.destroy(new Error('r')); else this.push(n < count ? ++n : null); }); } }), 'r');
};
const double = () => {
  const [mode, bad] = [rnd(4), rnd(10)];
  let n = 0;
  return watch(new Transform({ objectMode: true, highWaterMark: 1, transform(c, e, cb) { when(mode, () => cb(++n === bad ? new Error('t') : null, c * 2)); } }), 't');
};
const sink = () => {
  const [mark, mode, bad, final] = [1 + rnd(2), rnd(4), rnd(10), rnd(4)];
  let n = 0;
  return watch(new Writable({ objectMode: true, highWaterMark: mark, write(c, e, cb) { log('write', c); when(mode, () => cb(++n === bad ? new Error('sink') : null)); }, final(cb) { when(final, cb); } }), 'w');
};
const program = () => {
  const from = source();
  const how = rnd(5);
  const middle = [];
  log('joined', how);
  if (how === 1) middle.push(stage('one'));
  if (how === 2) middle.push(stage('one'), stage('two'));
  if (how === 3) middle.push(double(), stage('one'));
  if (how === 4) middle.push(stage('one'), double());
  const w = sink();
  const ac = new AbortController();
  finished(w, (e) => log('w finished', code(e)));
  require('stream/promises').pipeline(from, ...middle, w, { signal: ac.signal, end: rnd(4) > 0 }).then(() => log('done'), (e) => log('done', code(e)));
  if (rnd(3) === 0) { const [wait, kind, mode] = [rnd(10), rnd(4), rnd(4)]; rounds(wait, () => when(mode, () => {
    log('act', kind);
    if (kind === 0) ac.abort();
    if (kind === 1) w.destroy();
    if (kind === 2) w.destroy(new Error('act'));
    if (kind === 3) w.end();
  })); }
  return () => log(w.destroyed, w.writableFinished, w.writableEnded, w.writableLength);
};
const run = (seed, last) => {
  if (seed > last) return;
  state = seed;
  log('--', seed);
  const end = program();
  rounds(120, () => { end(); run(seed + 1, last); });
};
process.on('uncaughtException', (e) => log('uncaught', code(e)));
process.on('unhandledRejection', (e) => log('unhandled', code(e)));
setImmediate(() => run(Number(process.argv[2] || 1), Number(process.argv[3] || 60)));
