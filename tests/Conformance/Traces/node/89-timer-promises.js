// The promises of timers: values, signals that come before, during and after, sequences of intervals, and timeouts of signals.
const { setTimeout: wait, setImmediate: turn, setInterval: every } = require('timers/promises');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const name = (e) => log(e.name, e.code ?? '', e.cause ? e.cause.message ?? e.cause : '');
const steps = {
  async values() {
    log(await wait(1, 'v'), await turn('w'));
    const [a, b] = await Promise.all([wait(4, 'slow'), wait(2, 'fast')]);
    log(a, b, await Promise.race([wait(4, 'slow'), wait(2, 'fast')]));
  },
  async hops() {
    setImmediate(() => { log('before'); process.nextTick(say('tick of before')); });
    turn().then(() => { log('turned'); process.nextTick(say('tick of turned')); });
    setImmediate(say('after'));
    await wait(10);
    setTimeout(say('timer before'), 5);
    wait(5).then(say('waited')).then(say('one more'));
    setTimeout(() => { log('timer after'); queueMicrotask(say('micro')); }, 5);
    await wait(20);
  },
  async before() {
    const s = AbortSignal.abort(new Error('early'));
    wait(5, 'v', { signal: s }).catch(name);
    turn('v', { signal: s }).catch(name);
    process.nextTick(say('tick')); queueMicrotask(say('micro'));
    try { for await (const _ of every(5, 'v', { signal: s })) log('never'); } catch (e) { name(e); }
    log('over');
  },
  async during() {
    const ac = new AbortController();
    const p = wait(1000, 'v', { signal: ac.signal }), q = turn('v', { signal: ac.signal });
    p.catch(name); q.catch(name);
    ac.signal.addEventListener('abort', say('listener'));
    process.nextTick(() => { ac.abort(new Error('why')); log('aborted'); process.nextTick(say('tick')); });
    await Promise.allSettled([p, q]);
    log('settled');
  },
  async after() {
    const ac = new AbortController();
    log(await wait(1, 'v', { signal: ac.signal }));
    ac.abort();
    const late = new AbortController();
    const p = wait(5, 'kept', { signal: late.signal });
    setTimeout(() => late.abort(), 40);
    log(await p);
    await wait(60);
  },
  async sameTurn() {
    const ac = new AbortController();
    setTimeout(() => { ac.abort(); log('aborted first'); }, 5);
    const p = wait(5, 'v', { signal: ac.signal });
    await p.then(log, name);
    const own = new AbortController();
    const q = wait(5, 'won', { signal: own.signal });
    setTimeout(() => own.abort(), 5);
    await q.then(log, name);
  },
  async sequence() {
    let n = 0;
    for await (const v of every(5, 'v')) { log(v, ++n); if (n === 3) break; }
    const ac = new AbortController();
    try { for await (const v of every(40, 'w', { signal: ac.signal })) { log(v); if (++n === 5) setTimeout(() => ac.abort(), 1); } } catch (e) { name(e); }
  },
  async slowBody() {
    let n = 0;
    const s = Date.now();
    for await (const _ of every(10)) { log('body', ++n); if (n === 1) { while (Date.now() - s < 55); } if (n === 4) break; }
    log('left');
  },
  async nexts() {
    const it = every(5, 'v')[Symbol.asyncIterator]();
    const [a, b] = [it.next(), it.next()];
    b.then(say('second'));
    a.then(say('first'));
    await b;
    const r = it.return();
    log((await r).done, (await it.next()).done);
  },
  async timeouts() {
    const s = AbortSignal.timeout(20);
    s.addEventListener('abort', () => { log('aborted', s.reason.name); process.nextTick(say('tick')); });
    const any = AbortSignal.any([s, AbortSignal.timeout(500)]);
    await wait(1000, null, { signal: any }).catch((e) => log(e.name, e.cause.name));
    try { s.throwIfAborted(); } catch (e) { log('thrown', e.name, e === s.reason, any.reason === s.reason); }
    new AbortController().signal.throwIfAborted();
    log(AbortSignal.abort().reason.name, AbortSignal.timeout(1).aborted);
    await wait(10);
  },
  async race() {
    const ac = new AbortController();
    const result = await Promise.race([wait(5, 'in time'), wait(1000, 'late', { signal: ac.signal }).catch((e) => { log('cancelled', e.name); return 'x'; })]).finally(() => ac.abort());
    log(result);
    await wait(5);
  },
  async references() {
    wait(1000, 'v', { ref: false }).then(say('never'));
    turn('v', { ref: false }).then(say('turned, as others hold'));
    await wait(5);
  },
};
(async () => {
  for (const n of Object.keys(steps)) { log('--', n); await steps[n](); await wait(5); }
})();
process.on('exit', say('exit'));
