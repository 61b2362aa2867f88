// Async generators, events.on, streams as sequences.
const { Readable, PassThrough } = require('stream');
const { once, on, EventEmitter } = require('events');
const log = (...a) => console.log(...a);
async function* numbers(n, name) {
  try { for (let i = 0; i < n; i++) { log(name, 'yields', i); yield i; } } finally { log(name, 'finally'); }
}
const steps = {
  async generator() {
    for await (const i of numbers(3, 'g')) { log('got', i); if (i === 1) break; }
    try { for await (const i of numbers(2, 'h')) throw new Error('body ' + i); } catch (e) { log(e.message); }
  },
  async interleaved() {
    const a = (async () => { for await (const i of numbers(2, 'a')) log('a got', i); })();
    const b = (async () => { for await (const i of numbers(2, 'b')) log('b got', i); })();
    await Promise.all([a, b]);
  },
  async readableFrom() {
    const r = Readable.from(numbers(3, 'src'));
    r.on('close', () => log('close'));
    for await (const i of r) { log('read', i); if (i === 1) break; }
    log('destroyed', r.destroyed);
  },
  async readableFails() {
    const r = new Readable({ objectMode: true, read() { this.push('one'); this.destroy(new Error('broken')); } });
    r.on('error', (e) => log('error event', e.message));
    try { for await (const i of r) log('read', i); } catch (e) { log('caught', e.message); }
  },
  async generatorFails() {
    const r = Readable.from((async function* () { yield 1; throw new Error('generator'); })());
    r.on('close', () => log('close'));
    try { for await (const i of r) log('read', i); } catch (e) { log('caught', e.message); }
  },
  async events() {
    const e = new EventEmitter();
    process.nextTick(() => { e.emit('x', 1); e.emit('x', 2); setImmediate(() => { e.emit('x', 3); e.emit('end'); }); });
    for await (const [v] of on(e, 'x', { close: ['end'] })) log('event', v);
    log('listeners', e.listenerCount('x'), e.listenerCount('error'));
    process.nextTick(() => e.emit('y', 7));
    log('once', ...(await once(e, 'y')));
    process.nextTick(() => e.emit('error', new Error('bad')));
    try { await once(e, 'y'); } catch (err) { log('once failed', err.message); }
  },
  async abortedEvents() {
    const e = new EventEmitter();
    const ac = new AbortController();
    setImmediate(() => { e.emit('x', 1); ac.abort(); e.emit('x', 2); });
    try { for await (const [v] of on(e, 'x', { signal: ac.signal })) log('event', v); } catch (err) { log(err.name, e.listenerCount('x')); }
  },
  async passThrough() {
    const p = new PassThrough({ objectMode: true });
    (async () => { for (const v of ['a', 'b', 'c']) { p.write(v); log('wrote', v); await null; } p.end(); })();
    for await (const v of p) log('came', v);
    log('over', p.readableEnded, p.destroyed);
  },
  async twoReaders() {
    const r = Readable.from(['a', 'b', 'c', 'd']);
    const it = r[Symbol.asyncIterator]();
    log('first', (await it.next()).value);
    log('second', (await it.next()).value);
    await it.return();
    log('returned', (await it.next()).done, r.destroyed);
  },
  async keep() {
    const r = Readable.from(['a', 'b', 'c', 'd']);
    for await (const v of r.iterator({ destroyOnReturn: false })) { log('kept', v); if (v === 'b') break; }
    log('destroyed', r.destroyed);
    for await (const v of r) log('rest', v);
  },
};
(async () => {
  for (const name of Object.keys(steps)) {
    log('--', name);
    await steps[name]();
    await new Promise((r) => setTimeout(r, 5));
  }
})();
