// Emitters: who is called when listeners come and go during an emit, nested emits, errors, and emitters awaited.
const { EventEmitter, once, on, errorMonitor } = require('events');
const log = (...a) => console.log(...a);
const steps = {
  nested() {
    const e = new EventEmitter();
    e.on('x', (n) => { log('a', n); if (n < 2) e.emit('x', n + 1); log('a ends', n); });
    e.once('x', (n) => log('once', n));
    e.on('x', (n) => log('b', n));
    e.emit('x', 0);
    log(e.listenerCount('x'));
  },
  onceInOnce() {
    const e = new EventEmitter();
    const again = () => { log('again'); if (e.rounds++ < 2) e.once('x', again); };
    e.rounds = 0;
    e.once('x', again);
    e.on('x', () => log('steady'));
    for (let i = 0; i < 4; i++) log(e.emit('x'));
  },
  allGoDuringEmit() {
    const e = new EventEmitter();
    e.on('removeListener', (n) => log('removed from', n, e.listenerCount(n)));
    e.on('x', () => { log('a'); e.removeAllListeners('x'); });
    e.on('x', () => log('b'));
    e.once('x', () => log('c'));
    log(e.emit('x'), e.emit('x'));
    e.on('y', () => {}); e.on('z', () => {}); e.once('y', () => {});
    e.removeAllListeners();
    log(e.eventNames().length);
  },
  newListener() {
    const e = new EventEmitter();
    e.once('newListener', (n) => { log('first new', n); if (n === 'x') e.on('x', () => log('inserted before')); });
    e.on('x', () => log('asked for'));
    e.on('y', () => {});
    e.emit('x');
    e.on('newListener', (n) => log('also', n));
    e.prependListener('x', () => log('in front'));
    e.prependOnceListener('x', () => log('once in front'));
    e.emit('x'); e.emit('x');
    log(e.eventNames().join());
  },
  arguments() {
    const e = new EventEmitter();
    e.on('x', (a, b) => log('two', a, b));
    e.on('x', (a) => log('one', a));
    e.on('x', () => log('none'));
    e.emit('x', 1, 2);
  },
  errorWithMonitor() {
    const e = new EventEmitter();
    e.on(errorMonitor, (x) => log('monitor', x ? x.message : 'nothing'));
    try { e.emit('error', new Error('one')); } catch (x) { log('thrown', x.message); }
    try { e.emit('error'); } catch (x) { log(x.message); }
    e.once('error', (x) => { log('listener', x.message); throw new Error('from the listener'); });
    try { e.emit('error', new Error('two')); } catch (x) { log('thrown', x.message); }
    log(e.listenerCount('error'));
  },
  listenerThrowsInNested() {
    const e = new EventEmitter();
    e.on('outer', () => { try { e.emit('inner'); } catch (x) { log('caught', x.message); } log('outer goes on'); });
    e.on('outer', () => log('second of outer'));
    e.on('inner', () => { throw new Error('inner'); });
    e.on('inner', () => log('never'));
    e.emit('outer');
  },
  async captured() {
    const e = new EventEmitter({ captureRejections: true });
    e.on('x', async (n) => { await null; log('x', n); if (n > 0) throw new Error('late ' + n); });
    e.on('error', (x) => { log('error', x.message); process.nextTick(() => log('tick of error')); });
    e.emit('x', 1); e.emit('x', 0); e.emit('x', 2);
    process.nextTick(() => log('tick'));
    queueMicrotask(() => log('micro'));
    setImmediate(() => log('immediate'));
  },
  async awaitOnce() {
    const e = new EventEmitter();
    process.nextTick(() => { log('emits'); e.emit('x', 1); log('emitted', e.listenerCount('x'), e.listenerCount('error')); process.nextTick(() => log('tick')); Promise.resolve().then(() => log('micro')); });
    log('got', await once(e, 'x').then(([v]) => v));
    setImmediate(() => e.emit('error', new Error('bad')));
    await once(e, 'x').catch((x) => log('failed', x.message, e.listenerCount('x')));
    const ac = new AbortController();
    const p = once(e, 'x', { signal: ac.signal });
    p.catch((x) => log(x.name, e.listenerCount('x')));
    setImmediate(() => { ac.abort(); log('aborted'); });
    await p.catch(() => {});
    setImmediate(() => e.emit('error', new Error('wanted')));
    log('error as an event', (await once(e, 'error'))[0].message);
  },
  async iterate() {
    const e = new EventEmitter();
    const events = on(e, 'x');
    e.emit('x', 1); e.emit('x', 2);
    setImmediate(() => { e.emit('x', 3); e.emit('x', 4); e.emit('error', new Error('end')); e.emit('x', 5); });
    try { for await (const [v] of events) { log('event', v); await null; } } catch (x) { log('caught', x.message); }
    log(e.listenerCount('x'), e.listenerCount('error'));
  },
  async iterateAndLeave() {
    const e = new EventEmitter();
    setImmediate(() => { for (let i = 0; i < 5; i++) e.emit('x', i); });
    for await (const [v] of on(e, 'x')) { log('event', v); if (v === 2) break; }
    log(e.listenerCount('x'));
    const ac = new AbortController();
    setImmediate(() => { e.emit('x', 'before'); ac.abort(); });
    try { for await (const [v] of on(e, 'x', { signal: ac.signal })) log('event', v); } catch (x) { log(x.name); }
    log(e.listenerCount('x'));
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await new Promise((r) => setTimeout(r, 10)); }
})();
