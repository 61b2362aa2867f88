// Emitters that are awaited and iterated under signals, beside errors, by several at once; listeners that come and go meanwhile.
const { EventEmitter, once, on } = require('events');
const { setTimeout: wait } = require('timers/promises');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const counts = (e) => ['x', 'y', 'error'].map((n) => e.listenerCount(n)).join();
process.on('unhandledRejection', (e) => log('unhandled', e.name, e.message));
process.on('uncaughtException', (e) => log('uncaught', e.message));
const steps = {
  async onceAborted() {
    const e = new EventEmitter(), ac = new AbortController();
    const p = once(e, 'x', { signal: ac.signal });
    log(counts(e));
    ac.signal.addEventListener('abort', () => log('listener', counts(e)));
    process.nextTick(() => { ac.abort(new Error('why')); log('aborted', counts(e)); e.emit('x', 1); });
    await p.catch((x) => log(x.name, x.cause.message));
    await once(e, 'x', { signal: ac.signal }).catch((x) => log('at once', x.name, counts(e)));
  },
  async onceAbortedTooLate() {
    const e = new EventEmitter(), ac = new AbortController();
    const p = once(e, 'x', { signal: ac.signal });
    e.emit('x', 1); ac.abort();
    log(...(await p), counts(e));
  },
  async errorBeside() {
    const e = new EventEmitter();
    e.on('error', (x) => log('listener', x.message));
    const p = once(e, 'x'), q = once(e, 'y');
    log(counts(e));
    e.emit('error', new Error('both'));
    await Promise.allSettled([p.catch((x) => log('p', x.message)), q.catch((x) => log('q', x.message))]);
    log(counts(e));
  },
  async nobodyListens() {
    const e = new EventEmitter();
    try { e.emit('error', new Error('thrown')); } catch (x) { log(x.message); }
    once(e, 'x');
    e.emit('error', new Error('unheard'));
    await wait(5);
    once(e, 'error').then(([x]) => log('as an event', x.message));
    e.emit('error', new Error('wanted'));
    await wait(1);
  },
  async inTheEmit() {
    const e = new EventEmitter();
    e.on('x', (n) => { log('first', n); if (n === 1) once(e, 'x').then(([m]) => log('asked in the emit', m)); });
    e.once('x', async (n) => { log('second', n); const [m] = await once(e, 'x'); log('second got', m); });
    e.emit('x', 1); log('between'); e.emit('x', 2); log('behind');
    await null; e.emit('x', 3);
    await wait(1);
    log(counts(e));
  },
  async several() {
    const e = new EventEmitter();
    const take = async (name) => { for await (const [v] of on(e, 'x', { close: ['y'] })) log(name, v); log(name, 'over'); };
    const all = Promise.all([take('a'), take('b')]);
    e.emit('x', 1); e.emit('x', 2); process.nextTick(() => { e.emit('x', 3); e.emit('y'); e.emit('x', 4); log(counts(e)); });
    await all;
  },
  async iterationAborted() {
    const e = new EventEmitter(), ac = new AbortController();
    const events = on(e, 'x', { signal: ac.signal });
    e.emit('x', 1); e.emit('x', 2);
    try { for await (const [v] of events) { log('event', v); if (v === 1) { ac.abort(new Error('why')); log('aborted', counts(e)); } } } catch (x) { log(x.name, x.cause.message); }
    log((await events.next()).done);
    try { on(e, 'x', { signal: ac.signal }); } catch (x) { log('at once', x.name); }
  },
  async nexts() {
    const e = new EventEmitter();
    const it = on(e, 'x');
    const [a, b, c] = [it.next(), it.next(), it.next()];
    c.then((r) => log('c', r.done)); b.then((r) => log('b', r.value[0])); a.then((r) => log('a', r.value[0]));
    e.emit('x', 1); log('emitted'); e.emit('x', 2);
    await null;
    log((await it.return()).done, counts(e));
    e.emit('x', 3);
    log((await it.next()).done);
  },
  async errorsWait() {
    const e = new EventEmitter();
    const it = on(e, 'x');
    e.emit('x', 1); e.emit('error', new Error('after one')); e.emit('x', 2);
    log(counts(e), (await it.next()).value[0]);
    await it.next().catch((x) => log(x.message));
    log((await it.next()).done);
    const late = on(e, 'x');
    const p = late.next(), q = late.next();
    e.emit('error', new Error('for the first'));
    await p.catch((x) => log('p', x.message)); log('q', (await q).done);
  },
  async bodyThrows() {
    const e = new EventEmitter();
    setImmediate(() => { e.emit('x', 1); e.emit('x', 2); });
    try { for await (const [v] of on(e, 'x')) throw new Error('body ' + v); } catch (x) { log(x.message, counts(e)); }
  },
  async captured() {
    const e = new EventEmitter({ captureRejections: true });
    e.on('x', async () => { throw new Error('at once'); });
    e.on('x', async () => { await wait(1); throw new Error('later'); });
    e.on('x', say('third'));
    e.on('error', (x) => log('error', x.message));
    process.nextTick(say('tick before'));
    e.emit('x'); log('emitted');
    process.nextTick(say('tick after')); queueMicrotask(say('micro after'));
    await wait(20);
    e.removeAllListeners('error');
    e.emit('x');
    await wait(20);
    e.on('error', async (x) => { log('error', x.message); throw new Error('in error'); });
    e.emit('error', new Error('given'));
    await wait(20);
    const plain = new EventEmitter();
    plain.on('x', async () => { throw new Error('not captured'); });
    plain.emit('x');
    await wait(5);
  },
  async resolvedInOrder() {
    const e = new EventEmitter();
    const ps = [once(e, 'x'), once(e, 'x'), once(e, 'y')];
    ps[2].then(say('y')); ps[1].then(say('x, second')); ps[0].then(say('x, first'));
    Promise.race(ps).then(([v]) => log('race', v)); Promise.all(ps).then(say('all'));
    e.emit('y', 'y'); e.emit('x', 'x');
    queueMicrotask(say('micro'));
    await wait(1);
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await wait(5); }
})();
