// What a store is in the listeners of the process, in the middle of pipelines, behind awaits, and after it was entered and left.
const { AsyncLocalStorage } = require('async_hooks');
const { EventEmitter, once, on } = require('events');
const { Readable, Writable, Transform, pipeline, finished } = require('stream');
const s = new AsyncLocalStorage(), u = new AsyncLocalStorage();
const log = (name) => console.log(name, s.getStore() ?? 'none', u.getStore() ?? 'none');
const say = (name) => () => log(name);
const wait = (ms) => new Promise((ok) => setTimeout(ok, ms));
process.on('unhandledRejection', (e) => log('unhandled ' + e.message));
process.on('uncaughtException', (e) => log('uncaught ' + e.message));
const steps = {
  async enteredInAFunction() {
    const f = async () => { s.enterWith('f'); log('f'); };
    const g = async () => { await null; s.enterWith('g'); log('g'); };
    s.run('caller', () => { f(); log('after f'); });
    await s.run('caller', async () => { await f(); log('awaited f'); await g(); log('awaited g'); });
    log('outside');
  },
  async timersOfTimers() {
    s.run('outer', () => setTimeout(() => { log('timer'); u.run('inner', () => setTimeout(say('timer of timer'), 1)); setImmediate(say('immediate of timer')); }, 1));
    await wait(20);
    const i = s.run('interval', () => setInterval(() => { log('interval'); u.enterWith((u.getStore() ?? '') + '+'); if (u.getStore() === '+++') clearInterval(i); }, 2));
    await wait(40);
  },
  async ticksInOrder() {
    for (const n of ['a', 'b', 'c']) s.run(n, () => { process.nextTick(say('tick')); queueMicrotask(say('micro')); setImmediate(() => { log('immediate'); process.nextTick(say('tick of immediate')); }); });
    await wait(5);
    log('after');
  },
  async rejections() {
    s.run('rejecter', () => { Promise.reject(new Error('r')); });
    await wait(5);
    s.run('thrower', () => setImmediate(() => { throw new Error('x'); }));
    await wait(5);
    s.run('async', async () => { await null; throw new Error('y'); });
    await wait(5);
  },
  async chains() {
    let go;
    const p = new Promise((ok) => { go = ok; });
    const q = s.run('then', () => p.then(() => { log('first'); s.enterWith('changed'); }));
    s.run('second', () => q.then(say('second')));
    const all = s.run('all', () => Promise.all([p, q]).then(say('all')));
    u.run('resolver', () => go());
    await all;
    log('after all');
    await s.run('race', () => Promise.race([wait(5), p]).then(say('race')));
    await s.run('any', () => Promise.any([Promise.reject(new Error()), p]).then(say('any')));
    await s.run('settled', () => Promise.allSettled([p]).finally(say('settled')));
  },
  async streams() {
    const r = s.run('source', () => new Readable({ objectMode: true, read() { log('read'); this.push(this.n === 2 ? null : this.n = (this.n ?? 0) + 1); } }));
    const t = s.run('middle', () => new Transform({ objectMode: true, transform(c, e, cb) { log('transform ' + c); setImmediate(cb, null, c); }, flush(cb) { log('flush'); cb(); } }));
    const w = s.run('sink', () => new Writable({ objectMode: true, write(c, e, cb) { log('write ' + c); cb(); }, final(cb) { log('final'); cb(); } }));
    s.run('finished', () => finished(w, say('finished')));
    await s.run('pipeline', () => new Promise((ok) => pipeline(r, t, w, () => { log('done'); ok(); })));
    log('after');
  },
  async sequences() {
    const r = s.run('made', () => Readable.from(['a', 'b']));
    await s.run('loop', async () => { for await (const x of r) log('item ' + x); });
    const e = new EventEmitter();
    const events = s.run('listens', () => on(e, 'x', { close: ['end'] }));
    setImmediate(() => s.run('emits', () => { e.emit('x', 1); e.emit('end'); }));
    await u.run('awaits', async () => { for await (const [x] of events) log('event ' + x); log('over'); });
  },
  async snapshots() {
    const snap = s.run('snap', () => AsyncLocalStorage.snapshot());
    const bound = s.run('bound', () => AsyncLocalStorage.bind((x) => { log('bound ' + x); setImmediate(say('immediate of bound')); }));
    u.run('caller', () => { snap(() => { log('in snap'); process.nextTick(say('tick of snap')); }); bound(1); log('caller'); });
    setTimeout(bound, 20, 2);
    await wait(40);
    try { u.run('caller', () => snap(() => { throw new Error('thrown'); })); } catch { log('caught'); }
  },
  async left() {
    await s.run('a', async () => {
      s.exit(() => { log('out'); queueMicrotask(say('micro of out')); s.run('b', () => { log('in again'); setImmediate(say('immediate of b')); }); });
      log('back');
      await null;
      await s.exit(async () => { await null; log('async out'); });
      log('async back');
    });
    s.run('x', () => { s.enterWith('y'); log('entered'); s.exit(say('left')); log('still'); });
    log('after');
  },
  async signals() {
    const ac = new AbortController();
    s.run('first', () => ac.signal.addEventListener('abort', say('listener')));
    const any = s.run('any', () => AbortSignal.any([ac.signal]));
    any.addEventListener('abort', say('any'));
    s.run('once', () => once(new EventEmitter(), 'x', { signal: ac.signal }).catch(say('once')));
    const timed = s.run('timeout', () => AbortSignal.timeout(10));
    s.run('timeout listener', () => timed.addEventListener('abort', say('timed out')));
    u.run('aborter', () => ac.abort());
    await wait(30);
  },
};
(async () => {
  for (const name of Object.keys(steps)) { console.log('--', name); await s.exit(() => u.exit(() => steps[name]())); await wait(10); }
  process.on('beforeExit', () => { if (process.before) return; process.before = true; log('beforeExit'); s.run('revived', () => setImmediate(say('immediate'))); });
  process.on('exit', say('exit'));
  s.run('last', () => setTimeout(say('last timer'), 1));
})();
