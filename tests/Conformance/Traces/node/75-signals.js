// Abort signals: the order of listeners and of signals that depend on others, and what the promises of timers make of them.
const { setTimeout: wait, setImmediate: turn, setInterval: every } = require('timers/promises');
const { addAbortSignal, Readable, Writable, pipeline, finished } = require('stream');
const { EventEmitter, once } = require('events');
const log = (...a) => console.log(...a);
process.on('uncaughtException', (e) => log('uncaught', e.message));
const say = (text) => () => log(text);
const steps = {
  listeners() {
    const ac = new AbortController(), s = ac.signal;
    const gone = say('never');
    s.addEventListener('abort', () => { log('first', s.aborted, s.reason.message); s.removeEventListener('abort', gone); });
    s.addEventListener('abort', gone);
    const twice = say('twice');
    s.addEventListener('abort', twice); s.addEventListener('abort', twice);
    s.addEventListener('abort', () => { process.nextTick(say('tick')); Promise.resolve().then(say('micro')); throw new Error('thrown'); });
    s.addEventListener('abort', () => { ac.abort(new Error('again')); log('last', s.reason.message); });
    ac.abort(new Error('why'));
    log('after');
    s.addEventListener('abort', say('never'));
    ac.abort();
    try { s.throwIfAborted(); } catch (e) { log('throws', e.message); }
  },
  any() {
    const a = new AbortController(), b = new AbortController();
    const ab = AbortSignal.any([a.signal, b.signal]);
    const abc = AbortSignal.any([ab, new AbortController().signal]);
    const a2 = AbortSignal.any([a.signal]);
    for (const [n, s] of [['abc', abc], ['a2', a2], ['ab', ab], ['a', a.signal], ['b', b.signal]]) s.addEventListener('abort', () => log(n, s.reason.message));
    b.abort(new Error('from b'));
    log(ab.aborted, abc.aborted, a2.aborted);
    a.abort(new Error('from a'));
    log(ab.reason.message, a2.reason.message);
    log(AbortSignal.any([AbortSignal.abort(new Error('early')), a.signal]).reason.message, AbortSignal.any([]).aborted);
  },
  async timeout() {
    const s = AbortSignal.timeout(20);
    s.addEventListener('abort', () => log('timed out', s.reason.name));
    const any = AbortSignal.any([s, new AbortController().signal]);
    any.addEventListener('abort', say('any'));
    setTimeout(say('never before'), 60);
    await wait(80);
    log(any.aborted);
  },
  async delays() {
    const ac = new AbortController();
    const p = [wait(1000, 'v', { signal: ac.signal }), turn('v', { signal: ac.signal }).then((v) => log('turned', v)), wait(5, 'v').then(say('not concerned'))];
    p[0].catch((e) => log('wait', e.name, e.cause && e.cause.message));
    setTimeout(() => { log('aborts'); ac.abort(new Error('cause')); log('aborted'); queueMicrotask(say('micro')); }, 40);
    await Promise.allSettled(p);
    await wait(10, 'v', { signal: ac.signal }).catch((e) => log('at once', e.name));
    await turn('v', { signal: ac.signal }).catch((e) => log('turn', e.name));
    const ac2 = new AbortController();
    let n = 0;
    try { for await (const _ of every(10, 0, { signal: ac2.signal })) { log('every', ++n); if (n === 2) ac2.abort(); } } catch (e) { log('every', e.name); }
  },
  async streams() {
    const ac = new AbortController();
    const r = addAbortSignal(ac.signal, new Readable({ read() {} }));
    r.on('error', (e) => log('r', e.name)); r.on('close', say('r close'));
    const w = new Writable({ signal: ac.signal, write(c, e, cb) { setTimeout(cb, 10); } });
    w.on('error', (e) => log('w', e.name)); w.on('close', say('w close'));
    finished(w, (e) => log('finished', e.name));
    w.write('x', (e) => log('write', e ? e.name : 'ok'));
    setImmediate(() => { ac.abort(); log('aborted', r.destroyed, w.destroyed); process.nextTick(say('tick')); });
    await wait(40);
    const late = new Readable({ read() {}, signal: ac.signal });
    late.on('error', (e) => log('late', e.name)); late.on('close', say('late close'));
    log(late.destroyed);
  },
  async pipelines() {
    const ac = new AbortController();
    const r = new Readable({ read() { setTimeout(() => this.push('x'), 5); } });
    const w = new Writable({ write(c, e, cb) { log('chunk'); ac.abort(); cb(); } });
    r.on('close', say('r close')); w.on('close', say('w close'));
    require('stream/promises').pipeline(r, w, { signal: ac.signal }).catch((e) => log('pipeline', e.name));
    await wait(60);
  },
  async events() {
    const e = new EventEmitter(), ac = new AbortController();
    const p = Promise.all([once(e, 'a', { signal: ac.signal }), once(e, 'b')]);
    e.emit('b', 1);
    ac.abort();
    await p.catch((x) => log(x.name, e.listenerCount('a'), e.listenerCount('b'), e.listenerCount('error')));
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await wait(20); }
})();
