// Programs at random of emitters that are listened to, awaited and iterated under signals, of signals that depend on each other, and of
// ports whose listeners come and go. Moments are ticks, microtasks and immediates.
const { EventEmitter, once, on } = require('events');
const { MessageChannel } = require('worker_threads');
const log = (...a) => console.log(...a);
const code = (e) => (e ? e.code || e.message : 'ok');
let state = 1;
const rnd = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state >>> 8) % n; };
const rounds = (n, f) => (n === 0 ? f() : setImmediate(() => rounds(n - 1, f)));
const when = (mode, f) => [f, () => process.nextTick(f), () => queueMicrotask(f), () => setImmediate(f), () => rounds(2, f), () => queueMicrotask(() => process.nextTick(f))][mode]();
const step = (mode) => (mode === 0 ? Promise.resolve() : new Promise((ok) => when(mode, ok)));
const iterate = async (n, e, signal, close, mode, last, fails) => {
  try {
    for await (const [v] of on(e, 'x', { signal, close: close ? ['end'] : [] })) {
      log(n, 'item', v);
      await step(mode);
      if (v % 7 === last) { if (fails) throw new Error('body'); break; }
    }
    log(n, 'loop ends');
  } catch (x) { log(n, 'caught', code(x)); }
};
const listener = (s, n, kind, at) => {
  const f = (v) => {
    log(n, 'hears', v);
    if (kind === 1) s.e.off('x', f);
    if (kind === 2 && v < 50) s.e.emit('x', v + 50);
    if (kind === 3) { log(n, 'throws'); throw new Error('listener ' + n); }
    if (kind === 4) s.acs[at].abort();
    if (kind === 5) s.e.once('x', (w) => log(n, 'once more', w));
    if (kind === 6) s.e.removeAllListeners('x');
  };
  return f;
};
const act = (s, n) => {
  const [kind, at, mode, more] = [rnd(16), rnd(3), rnd(6), rnd(7)];
  const signal = [undefined, ...s.signals][rnd(s.signals.length + 1)];
  log(n, 'act', kind);
  switch (kind) {
    case 0: case 1: case 2: log(s.e.emit('x', n)); break;
    case 3: s.e.on('x', listener(s, n, more, at)); break;
    case 4: s.e.once('x', listener(s, n, more, at)); break;
    case 5: s.e.prependListener('x', listener(s, n, more, at)); break;
    case 6: once(s.e, 'x', { signal }).then(([v]) => log(n, 'once', v), (e) => log(n, 'once', code(e))); break;
    case 7: case 8: iterate(n, s.e, signal, more > 3, mode, more, at === 0); break;
    case 9: if (s.e.listenerCount('error')) s.e.emit('error', new Error('e' + n)); break;
    case 10: s.e.emit('end'); break;
    case 11: s.acs[at].abort(new Error('reason ' + n)); log(s.signals.map((x) => (x.aborted ? 'a' : '-')).join('')); break;
    case 12: s.signals.push(AbortSignal.any([s.acs[at].signal, s.signals[rnd(s.signals.length)]])); break;
    case 13: s.signals[rnd(s.signals.length)].addEventListener('abort', () => { log(n, 'aborted'); if (more === 0) throw new Error('in abort'); if (more === 1) s.acs[at].abort(new Error('again')); }); break;
    case 14: s.port1.postMessage(n); break;
    default:
      if (more < 3) s.port2.on('message', (v) => { log(n, 'message', v); if (more === 0) process.nextTick(() => log(n, 'tick of message')); if (more === 1 && v < 300) s.port1.postMessage(v + 100); });
      else if (more < 5) s.port2.once('message', (v) => log(n, 'one message', v));
      else s.port2.removeAllListeners('message');
  }
};
const program = () => {
  const { port1, port2 } = new MessageChannel();
  const acs = [new AbortController(), new AbortController(), new AbortController()];
  const s = { e: new EventEmitter(), acs, signals: acs.map((x) => x.signal), port1, port2 };
  s.e.setMaxListeners(0);
  for (let i = 4 + rnd(14); i > 0; i--) {
    const [wait, mode] = [rnd(8), rnd(6)];
    rounds(1 + wait, () => when(mode, () => act(s, i)));
  }
  return () => { log(s.e.listenerCount('x'), s.e.listenerCount('error')); port2.removeAllListeners('message'); port1.close(); };
};
const run = (seed, last, then) => {
  if (seed > last) return then && then();
  state = seed;
  log('--', seed);
  const end = program();
  rounds(40, () => { end(); rounds(5, () => run(seed + 1, last, then)); });
};
process.on('uncaughtException', (e) => log('uncaught', code(e)));
process.on('unhandledRejection', (e) => log('unhandled', code(e)));
// Without arguments: the first sixty, and two that once told something else here.
const [first, last] = process.argv.slice(2).map(Number);
setImmediate(() => (first ? run(first, last) : run(1, 60, () => run(2214, 2214, () => run(4146, 4146)))));
