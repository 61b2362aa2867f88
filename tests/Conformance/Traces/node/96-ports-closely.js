// Ports of one thread: listeners that come, go and are called once; starts, closes and references; what is handed over and what is taken by hand.
const { MessageChannel, BroadcastChannel, receiveMessageOnPort } = require('worker_threads');
const { once } = require('events');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const wait = (ms) => new Promise((ok) => setTimeout(ok, ms));
const take = (port) => { const m = receiveMessageOnPort(port); return m === undefined ? 'nothing' : m.message; };
const steps = {
  async listenersComeLate() { const { port1, port2 } = new MessageChannel(); port1.postMessage(1); await wait(5); port2.on('message', (m) => { log('first', m); if (m === 1) port2.on('message', (n) => log('second', n)); }); port1.postMessage(2); await wait(10); port1.close(); await wait(5); },
  async onlyOnce() { const { port1, port2 } = new MessageChannel(); port2.once('message', (m) => log('once', m)); for (const n of [1, 2, 3]) port1.postMessage(n); await wait(10); log(port2.listenerCount('message'), take(port2)); port1.postMessage(4); log(take(port2), take(port2)); port1.close(); await wait(5); },
  async listenerGoes() { const { port1, port2 } = new MessageChannel(); const f = (m) => { log('got', m); if (m === 2) port2.off('message', f); }; port2.on('message', f); for (const n of [1, 2, 3, 4]) port1.postMessage(n); await wait(10); port2.on('message', (m) => log('again', m)); port1.postMessage(5); await wait(10); port1.close(); await wait(5); },
  async startedByHand() { const { port1, port2 } = new MessageChannel(); port1.postMessage(1); port2.start(); await wait(5); port2.on('message', (m) => log('got', m)); port1.postMessage(2); await wait(5); port2.close(); port2.close(); await wait(5); },
  async byHandAndByEvent() { const { port1, port2 } = new MessageChannel(); for (const n of [1, 2, 3]) port1.postMessage(n); log('taken', take(port2)); port2.on('message', (m) => { log('event', m); log('taken', take(port2)); }); await wait(10); port1.close(); await wait(5); log(take(port2)); },
  async closes() {
    const { port1, port2 } = new MessageChannel();
    for (const [n, p] of [['one', port1], ['two', port2]]) p.on('close', () => { log(n, 'close'); process.nextTick(say(n + ' tick')); });
    port2.on('message', (m) => log('got', m));
    port1.postMessage('before'); port1.close(say('callback')); port1.postMessage('after'); port2.postMessage('back');
    log('called'); process.nextTick(say('tick')); setImmediate(say('immediate'));
    await wait(10); port1.close(say('never')); port2.postMessage('nobody'); await wait(5);
  },
  async closesInMessage() { const { port1, port2 } = new MessageChannel(); port2.on('message', (m) => { log('got', m); if (m === 2) { port2.close(); port1.postMessage(9); log('closed'); process.nextTick(say('tick')); } }); port2.on('close', say('two close')); port1.on('close', say('one close')); for (const n of [1, 2, 3]) port1.postMessage(n); await wait(10); },
  async closedByTheOther() { const { port1, port2 } = new MessageChannel(); port2.on('message', (m) => { log('got', m); if (m === 1) { port1.close(); log('closed by the other'); } }); port2.on('close', say('two close')); port1.on('close', say('one close')); for (const n of [1, 2]) port1.postMessage(n); await wait(10); },
  async references() { const { port1, port2 } = new MessageChannel(); log(port2.hasRef()); port2.on('message', () => {}); log(port2.hasRef()); port2.unref(); log(port2.hasRef()); port2.ref(); log(port2.hasRef()); port2.close(); log(port2.hasRef()); await wait(5); log(port1.hasRef(), port2.hasRef()); },
  async pingPong() { const { port1, port2 } = new MessageChannel(); port1.on('message', (m) => { log('one', m); if (m < 4) port1.postMessage(m + 1); else port1.close(); setImmediate(() => log('immediate', m)); }); port2.on('message', (m) => { log('two', m); port2.postMessage(m + 1); }); port2.on('close', say('close')); port1.postMessage(1); await wait(20); },
  async awaited() { const { port1, port2 } = new MessageChannel(); const p = once(port2, 'message'); port1.postMessage('x'); port1.postMessage('y'); log((await p)[0]); log((await once(port2, 'message'))[0]); port1.close(); await Promise.all([once(port2, 'close'), wait(5)]); log('closed'); },
  async manyChannels() { const cs = [1, 2, 3].map((n) => { const c = new MessageChannel(); c.port2.on('message', (m) => { log(n, m); process.nextTick(() => log('tick', n, m)); }); return c; }); for (const m of ['a', 'b']) for (const c of cs) c.port1.postMessage(m); await wait(10); for (const c of cs) c.port1.close(); await wait(5); },
  async handedOn() {
    const a = new MessageChannel(), b = new MessageChannel(), c = new MessageChannel();
    a.port2.on('message', ({ port }) => { log('a got a port'); b.port1.postMessage({ port }, [port]); });
    b.port2.on('message', ({ port }) => { log('b got a port'); port.on('message', (m) => { log('end', m); port.postMessage('answer'); }); });
    c.port1.on('message', (m) => { log('origin', m); for (const x of [a, b, c]) x.port1.close(); });
    c.port1.postMessage('early'); a.port1.postMessage({ port: c.port2 }, [c.port2]); c.port1.postMessage('meanwhile');
    await wait(30);
  },
  async copies() { const { port1, port2 } = new MessageChannel(); const m = { n: 1, list: [1, 2], inner: { deep: true } }; port1.postMessage(m); m.n = 2; m.list.push(3); const got = take(port2); log(got.n, got.list.length, got.inner.deep, got.inner === m.inner); const b = new Uint8Array([1, 2, 3]); port1.postMessage(b); b[0] = 9; log(take(port2)[0]); try { port1.postMessage({ f() {} }); } catch (e) { log(e.name); } log(take(port2)); port1.close(); await wait(5); },
  async broadcast() {
    const [x, y, z] = ['n', 'n', 'other'].map((n) => new BroadcastChannel(n));
    y.onmessage = (e) => { log('y', e.data); y.postMessage('from y'); y.onmessage = (f) => log('y now', f.data); };
    x.onmessage = (e) => { log('x', e.data); process.nextTick(say('tick')); if (e.data === 'from y') { x.postMessage('last'); x.close(); } };
    z.onmessage = say('never');
    x.postMessage('hello'); log('posted'); setImmediate(say('immediate'));
    await wait(20); y.close(); z.close();
    try { x.postMessage('closed'); } catch (e) { log(e.name); }
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await wait(5); }
})();
