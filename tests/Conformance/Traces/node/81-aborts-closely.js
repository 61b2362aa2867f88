// Abort signals once more: what a listener sees of signals that depend on its own, aborts inside of aborts, time-outs beside timers, and
// promises that an abort rejects.
const { setTimeout: wait, setImmediate: turn } = require('timers/promises');
const { EventEmitter, once, on } = require('events');
const log = (...a) => console.log(...a);
process.on('uncaughtException', (e) => log('uncaught', e.message));
process.on('unhandledRejection', (e) => log('unhandled', e.name, e.message));
const say = (text) => () => log(text);
const listen = (s, f) => s.addEventListener('abort', f);
const steps = {
  inside() {
    const a = new AbortController(), any = AbortSignal.any([a.signal]), more = AbortSignal.any([any]);
    listen(a.signal, () => {
      log('a', any.aborted, more.aborted, any.reason === undefined);
      listen(any, say('any, late'));
      const now = AbortSignal.any([a.signal]);
      log('now', now.aborted, now.reason.message);
    });
    listen(any, () => log('any', more.aborted));
    listen(more, () => log('more', any.aborted));
    a.abort(new Error('why'));
    log(more.reason === any.reason, any.reason === a.signal.reason);
  },
  order() {
    const [a, b, c] = [new AbortController(), new AbortController(), new AbortController()];
    const outer = AbortSignal.any([c.signal, b.signal, a.signal]), bc = AbortSignal.any([b.signal, c.signal]);
    const both = AbortSignal.any([outer, bc, outer]), twice = AbortSignal.any([a.signal, a.signal]);
    for (const [n, s] of Object.entries({ twice, both, bc, outer, a: a.signal, b: b.signal })) listen(s, () => log(n, s.reason.message));
    listen(a.signal, () => { log('a aborts b'); b.abort(new Error('b')); log('a is done'); });
    a.abort(new Error('a'));
    c.abort(new Error('c'));
    log(bc.reason.message, both.reason.message);
  },
  dispatch() {
    const ac = new AbortController(), s = ac.signal;
    const gone = say('gone'), back = say('back');
    listen(s, () => { listen(s, say('added')); s.removeEventListener('abort', gone); s.removeEventListener('abort', back); listen(s, back); });
    listen(s, gone);
    listen(s, back);
    listen(s, say('last'));
    ac.abort();
    log(s.reason.name, s.reason.message);
    for (const removes of [false, true]) {
      const ac2 = new AbortController(), tail = say('tail');
      listen(ac2.signal, () => { if (removes) ac2.signal.removeEventListener('abort', tail); listen(ac2.signal, say('behind the tail')); });
      listen(ac2.signal, tail);
      ac2.abort();
    }
    const last = new AbortController();
    listen(last.signal, function self() { log('self'); listen(last.signal, self); listen(last.signal, say('behind the last')); });
    last.abort();
  },
  throwing() {
    const ac = new AbortController(), any = AbortSignal.any([ac.signal]);
    process.nextTick(say('tick before'));
    queueMicrotask(say('micro before'));
    listen(ac.signal, () => { process.nextTick(say('tick in a')); throw new Error('a'); });
    listen(ac.signal, () => { queueMicrotask(say('micro in b')); throw new Error('b'); });
    listen(any, () => { throw new Error('any'); });
    ac.abort();
    process.nextTick(say('tick after'));
    log('aborted');
  },
  async rejected() {
    const ac = new AbortController(), s = ac.signal;
    const rejects = (n) => new Promise((_, no) => listen(s, () => { log('rejects', n); no(s.reason); }));
    const p = rejects('p');
    p.catch((e) => log('p', e.message));
    rejects('nobody');
    const q = (async () => { try { await p; } catch (e) { log('q', e.message); s.throwIfAborted(); } })();
    q.catch((e) => log('q rejects', e === s.reason));
    Promise.race([p, wait(50, 'slow')]).then(log, (e) => log('race', e.message));
    Promise.allSettled([p, q]).then((all) => log('settled', ...all.map((x) => x.status)));
    Promise.any([p, q]).catch((e) => log('any', e.errors.map((x) => x.message).join()));
    setTimeout(() => { process.nextTick(say('tick')); ac.abort(new Error('cause')); queueMicrotask(say('micro')); log('aborted'); }, 5);
    await wait(30);
  },
  async delays() {
    const ac = new AbortController(), s = ac.signal;
    listen(s, say('before'));
    wait(1000, 0, { signal: s }).catch((e) => log('wait', e.name, e.code, e.cause.message));
    listen(s, say('between'));
    turn(0, { signal: s }).then(say('turn'), (e) => log('turn', e.name));
    const both = wait(1000, 0, { signal: AbortSignal.any([s, AbortSignal.timeout(500)]) }).catch((e) => log('both', e.name, e.cause === s.reason));
    listen(s, say('after'));
    ac.abort(new Error('cause'));
    log('aborted');
    await both;
    const done = new AbortController();
    log(await wait(1, 'done', { signal: done.signal }));
    done.abort();
  },
  async timeouts() {
    const short = AbortSignal.timeout(10), long = AbortSignal.timeout(30), any = AbortSignal.any([long, short]);
    listen(any, () => log('any', short.aborted, long.aborted, any.reason === short.reason, any.reason.name));
    listen(short, () => { log('short'); process.nextTick(say('tick')); queueMicrotask(say('micro')); });
    listen(long, say('long'));
    setTimeout(say('timer of 10'), 10);
    setTimeout(say('timer of 30'), 30);
    const first = wait(20, 'waited', { signal: any }).catch((e) => log('first', e.name, e.cause.name));
    await first;
    await wait(30);
    const zero = AbortSignal.timeout(0);
    listen(zero, say('zero'));
    setTimeout(say('timer of 1'), 1);
    await wait(5);
    log(zero.aborted, zero.reason.name, zero.reason.message);
  },
  async events() {
    const e = new EventEmitter(), ac = new AbortController();
    setTimeout(() => { e.emit('x', 1); e.emit('x', 2); ac.abort(new Error('enough')); e.emit('x', 3); log('emitted', e.listenerCount('x')); }, 5);
    try { for await (const [x] of on(e, 'x', { signal: ac.signal })) log('x', x); } catch (err) { log(err.name, err.cause.message); }
    log(e.listenerCount('x'), e.listenerCount('error'));
    await once(e, 'y', { signal: ac.signal }).catch((err) => log('once', err.name, err.cause.message, e.listenerCount('y')));
    const ac2 = new AbortController(), p = once(e, 'y', { signal: ac2.signal });
    e.emit('y', 7);
    ac2.abort();
    log('once', ...(await p));
    const ac3 = new AbortController(), q = once(e, 'z', { signal: ac3.signal }).catch((err) => log('z', err.name));
    ac3.abort();
    e.emit('z', 8);
    await q;
  },
  async handles() {
    const held = AbortSignal.timeout(60000);
    listen(held, say('held'));
    process.on('exit', () => log('exit', held.aborted));
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await wait(20); }
})();
