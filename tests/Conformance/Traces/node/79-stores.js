// Which store callbacks of every kind see: streams, ports, signals, timers' promises, iterators, rejections, files.
const { AsyncLocalStorage } = require('async_hooks');
const { EventEmitter, once, on } = require('events');
const { Readable, Writable } = require('stream');
const { setTimeout: wait } = require('timers/promises');
const fs = require('fs'), net = require('net');
const { Worker } = require('worker_threads');
const s = new AsyncLocalStorage();
const log = (name) => console.log(name, s.getStore() ?? 'none');
const steps = {
  async timers() {
    let n = 0;
    s.run('made', () => { const i = setInterval(() => { log('interval'); s.enterWith('changed'); if (++n === 2) clearInterval(i); }, 5); });
    const t = s.run('timer', () => setTimeout(() => log('refreshed'), 300));
    s.run('refresher', () => t.refresh());
    await wait(600); log('after wait');
    await s.run('inner', async () => { await wait(5); log('awaited inside'); }); log('outside again');
  },
  async promises() {
    let resolve;
    const p = s.run('creator', () => new Promise((r) => { resolve = r; }));
    s.run('reactor 1', () => p.then(() => { log('reaction 1'); process.nextTick(() => log('tick of it')); }).finally(() => log('finally')));
    s.run('reactor 2', () => p.then(() => log('reaction 2')));
    s.run('resolver', () => resolve());
    s.run('catcher', () => Promise.reject(new Error('x')).catch(() => log('catch')));
    const f = async () => { log('begins'); await null; log('goes on'); s.enterWith('set inside'); await null; log('still'); };
    await s.run('caller', f); log('caller after');
    await Promise.all([s.run('a', async () => { await null; log('all a'); }), s.run('b', async () => { await null; log('all b'); })]);
  },
  async emitters() {
    const e = new EventEmitter();
    s.run('listener', () => { e.on('x', () => log('listener')); e.once('x', () => log('once listener')); });
    s.run('emit', () => e.emit('x'));
    s.run('later', () => setImmediate(() => e.emit('x')));
    await s.run('waiter', async () => { setImmediate(() => s.run('emitter', () => e.emit('y', 1))); await once(e, 'y'); log('after once'); });
  },
  async signals() {
    const ac = new AbortController();
    s.run('listener', () => ac.signal.addEventListener('abort', () => log('abort')));
    s.run('waiter', () => wait(1000, null, { signal: ac.signal }).catch(() => log('aborted wait')));
    s.run('aborter', () => ac.abort());
    await wait(5);
  },
  async streams() {
    const r = s.run('reader made', () => new Readable({ objectMode: true, read() { log('read'); this.push('x'); this.push(null); } }));
    s.run('data', () => r.on('data', () => log('data')));
    s.run('end', () => r.on('end', () => log('end')));
    await wait(10);
    const w = s.run('writer made', () => new Writable({ objectMode: true, write(c, e, cb) { log('write ' + c); setImmediate(cb); }, final(cb) { log('final'); cb(); } }));
    s.run('first', () => w.write(1, () => log('written 1')));
    s.run('second', () => w.write(2, () => log('written 2')));
    s.run('ender', () => w.end(() => log('ended')));
    await wait(20);
  },
  async ports() {
    const { port1, port2 } = s.run('channel', () => new MessageChannel());
    s.run('listener', () => port2.on('message', () => { log('message'); port2.close(); }));
    s.run('sender', () => port1.postMessage(1));
    await wait(50);
  },
  async files() {
    await s.run('stat', () => new Promise((r) => fs.stat(__filename, () => { log('stat'); r(); }))); log('after');
    await s.run('promise', async () => { await fs.promises.stat(__filename); log('promise'); }); log('after');
  },
  async sockets() {
    const server = s.run('server', () => net.createServer());
    s.run('on', () => server.on('connection', (c) => { log('connection');
      s.run('in connection', () => { c.on('data', () => { log('server data'); setImmediate(() => log('immediate of data')); }); c.on('end', () => { log('server end'); c.end('bye'); }); c.on('close', () => server.close()); }); }));
    await s.run('listen', () => new Promise((done) => server.listen(0, '127.0.0.1', () => { log('listening');
      const c = s.run('connect', () => net.connect(server.address().port, '127.0.0.1'));
      s.run('listeners', () => { c.on('connect', () => { log('connected'); s.run('write', () => c.write('x', () => log('written'))); setTimeout(() => s.run('end', () => c.end(() => log('ended'))), 100); });
        c.on('data', () => log('data')); c.on('end', () => log('end')); c.on('close', () => { log('close'); setTimeout(done, 50); }); });
    })));
  },
  async workers() {
    const w = s.run('worker', () => new Worker("require('worker_threads').parentPort.postMessage(1)", { eval: true }));
    s.run('listener', () => { w.on('online', () => log('online')); w.on('message', () => log('message')); });
    await new Promise((done) => w.on('exit', () => { log('exit'); done(); }));
  },
  async generators() {
    async function* g() { log('generator 1'); await null; yield 1; log('generator 2'); yield 2; }
    const it = s.run('maker', () => g());
    await s.run('first', () => it.next());
    await s.run('second', () => it.next());
    for await (const x of s.run('loop', () => g())) log('body');
  },
  async nested() {
    s.run('a', () => { s.run('b', () => { s.exit(() => { log('exit'); setImmediate(() => log('immediate of exit')); }); log('b'); }); log('a'); });
    try { s.run('throws', () => { s.enterWith('entered'); throw new Error(); }); } catch { log('caught'); }
    const snap = s.run('snap', () => AsyncLocalStorage.snapshot());
    s.run('other', () => { snap(() => { log('snapshot'); queueMicrotask(() => log('micro of snapshot')); }); queueMicrotask(() => log('micro of other')); });
    queueMicrotask(() => log('plain micro')); await null;
  },
};
(async () => {
  for (const name of Object.keys(steps)) { console.log('--', name); await s.exit(() => steps[name]()); await new Promise((r) => setTimeout(r, 50)); }
})();
