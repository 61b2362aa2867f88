// Programs of promises that a generator of random numbers makes: chains, combinators, thenables, async functions, what is resolved with
// one another, rejections that are handled late or never, among ticks, microtasks and immediates, some of which throw.
const log = (...a) => console.log(...a);
const code = (e) => (e.errors ? 'all' : e.message);
let state = 1;
const rnd = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state >>> 8) % n; };
const rounds = (n, f) => (n === 0 ? f() : setImmediate(() => rounds(n - 1, f)));
const when = (mode, f) => [f, () => process.nextTick(f), () => queueMicrotask(f), () => setImmediate(f), () => rounds(2, f), () => queueMicrotask(() => process.nextTick(f))][mode]();
let all = [];
const names = new Map();
const add = (p) => { names.set(p, all.length); all.push(p); };
const thenable = (mode, value, how) => ({ then(ok, bad) { log('then is called'); when(mode, () => { if (how) ok(value); else bad(new Error('thenable')); ok(0); }); } });
const both = async (n, p, q, how) => {
  try {
    const a = await p;
    log(n, 'awaited', a);
    const b = await q;
    log(n, 'and', b);
    if (how === 0) throw new Error('async');
    return a + b;
  } catch (e) {
    log(n, 'caught', code(e));
    if (how < 3) throw e;
    await null;
    return how;
  } finally {
    if (how === 4) await p.catch(() => 0);
    log(n, 'finally');
  }
};
const act = (n) => {
  const [kind, mode, value] = [rnd(20), rnd(6), rnd(5)];
  const [p, q] = [all[rnd(all.length)], all[rnd(all.length)]];
  log(n, 'act', kind);
  switch (kind) {
    case 0: add(new Promise((ok) => when(mode, () => { log(n, 'resolves'); ok(value); }))); break;
    case 1: add(new Promise((ok, bad) => when(mode, () => { log(n, 'rejects'); bad(new Error('r' + n)); ok(0); }))); break;
    case 2: add(new Promise((ok, bad) => when(mode, () => { ok(q); bad(new Error('too late')); }))); break;
    case 3: case 4: add(p.then((v) => { log(n, 'then', v); return v + 1; })); break;
    case 5: add(p.then((v) => { log(n, 'throws', v); throw new Error('t' + n); })); break;
    case 6: add(p.then((v) => { log(n, 'gives another', v); return q; })); break;
    case 7: case 8: add(p.catch((e) => { log(n, 'catch', code(e)); return value; })); break;
    case 9: add(p.finally(() => log(n, 'finally'))); break;
    case 10: add(p.finally(() => { log(n, 'finally with another'); return q; })); break;
    case 11: add(Promise.all([p, q]).then((v) => { log(n, 'all', ...v); return 1; })); break;
    case 12: add(Promise.race([p, q])); break;
    case 13: add(Promise.any([p, q])); break;
    case 14: add(Promise.allSettled([p, q]).then((v) => { log(n, ...v.map((x) => x.status)); return 2; })); break;
    case 15: case 16: add(both(n, p, q, value)); break;
    case 17: add(new Promise((ok) => ok(thenable(mode, value, rnd(3))))); break;
    case 18: add(p.then((v) => { log(n, 'either', v); return 3; }, (e) => { log(n, 'or', code(e)); return 4; })); break;
    default: add(Promise.resolve(p)); when(mode, () => { log(n, 'thrown'); throw new Error('x' + n); });
  }
};
const program = () => {
  all = [];
  names.clear();
  add(Promise.resolve(10));
  add(new Promise((ok) => setImmediate(() => ok(20))));
  add(new Promise((ok, bad) => process.nextTick(() => bad(new Error('first')))));
  for (let i = 4 + rnd(12); i > 0; i--) {
    const [wait, mode] = [rnd(4), rnd(6)];
    if (wait === 0 && mode === 0) { try { act(i); } catch (e) { log('caught', e.message); } } else rounds(wait, () => when(mode, () => act(i)));
  }
};
const run = (seed, last) => {
  if (seed > last) return;
  state = seed;
  log('--', seed);
  program();
  rounds(40, () => run(seed + 1, last));
};
process.on('uncaughtException', (e) => log('uncaught', code(e)));
process.on('unhandledRejection', (e, p) => log('unhandled', code(e), names.get(p) ?? 'unnamed'));
process.on('rejectionHandled', (p) => log('handled', names.get(p) ?? 'unnamed'));
setImmediate(() => run(Number(process.argv[2] || 1), Number(process.argv[3] || 60)));
