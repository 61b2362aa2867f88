// Workers once more: what comes first of online, messages, errors and exits; ports that are handed over; data; workers in workers.
const { Worker, MessageChannel, receiveMessageOnPort } = require('worker_threads');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const wait = (ms) => new Promise((ok) => setTimeout(ok, 5 * ms));
const head = "const { parentPort, workerData, receiveMessageOnPort, MessageChannel, Worker, isMainThread, threadId } = require('worker_threads');\n";
const watch = (w, name = 'w') => {
  w.on('online', () => { log(name, 'online'); process.nextTick(say('tick of online')); queueMicrotask(say('micro of online')); });
  w.on('message', (m) => log(name, 'message', m));
  w.on('error', (e) => { log(name, 'error', e.message); process.nextTick(say('tick of error')); });
  w.on('exit', (c) => { log(name, 'exit', c); process.nextTick(say('tick of exit')); });
  return w;
};
const start = (code, o) => watch(new Worker(head + code, { eval: true, ...o }));
const ended = (w) => new Promise((ok) => w.on('exit', () => setImmediate(ok)));
const steps = {
  async postedBeforeOnline() {
    const w = start("parentPort.on('message', (m) => { parentPort.postMessage('echo ' + m); if (m === 2) parentPort.close(); });");
    w.postMessage(1); w.postMessage(2); w.postMessage(3);
    log(w.threadId > 0);
    await ended(w);
    w.postMessage('nobody');
  },
  async dataAndChannel() {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', (m) => log('port', m)); port1.on('close', say('port close'));
    const w = start("setTimeout(() => workerData.port.postMessage('hello ' + workerData.name), 40); setTimeout(() => workerData.port.on('message', (m) => { workerData.port.postMessage(m + '!'); workerData.port.close(); }), 200); setTimeout(() => {}, 400);",
      { workerData: { name: 'x', port: port2 }, transferList: [port2] });
    port1.postMessage('early');
    await ended(w);
  },
  async receivedInside() {
    const w = start(`parentPort.once('message', ({ port, left }) => {
      const got = []; let m; while ((m = receiveMessageOnPort(port))) got.push(m.message);
      parentPort.postMessage(got.join()); setTimeout(() => port.close(), 20); setTimeout(() => parentPort.close(), 500);
    });`);
    const { port1, port2 } = new MessageChannel();
    for (const n of [1, 2, 3]) port1.postMessage(n);
    port1.on('close', say('port close'));
    w.postMessage({ port: port2 }, [port2]);
    await ended(w);
  },
  async errorLater() { await ended(start("for (const n of [1, 2]) parentPort.postMessage(n); setTimeout(() => process.nextTick(() => { throw new Error('tick'); }), 20); setTimeout(() => parentPort.postMessage('never'), 21);")); },
  async errorAtOnce() { await ended(start("throw new Error('at once');")); },
  async rejectedInside() {
    await ended(start("process.on('unhandledRejection', (e) => parentPort.postMessage('told ' + e.message)); Promise.reject(new Error('r')); setImmediate(() => parentPort.postMessage('on'));"));
  },
  async exitInside() {
    await ended(start("process.on('exit', (c) => parentPort.postMessage('exiting ' + c)); parentPort.on('message', () => {}); parentPort.postMessage('a'); setTimeout(() => { process.exit(4); }, 5);"));
  },
  async unrefInside() {
    await ended(start("parentPort.on('message', () => {}); parentPort.unref(); process.on('exit', () => parentPort.postMessage('exit'));"));
  },
  async refAgain() {
    const w = start("parentPort.on('message', (m) => { parentPort.postMessage('got ' + m); parentPort.close(); }); parentPort.unref(); setTimeout(() => parentPort.ref(), 1);");
    setTimeout(() => w.postMessage('late'), 150);
    await ended(w);
  },
  async nested() {
    await ended(start(`const inner = new Worker("const { parentPort } = require('worker_threads'); parentPort.postMessage('from inside');", { eval: true });
      for (const n of ['online', 'message', 'exit']) inner.on(n, (x) => parentPort.postMessage('inner ' + n + ' ' + (x === undefined ? '' : x)));
      inner.on('exit', () => setImmediate(() => parentPort.postMessage('outer goes on')));`));
  },
  async terminated() {
    const w = start("setInterval(() => {}, 10); process.on('exit', () => parentPort.postMessage('never')); parentPort.postMessage('up');");
    await new Promise((ok) => w.once('message', ok));
    const p = w.terminate();
    p.then((c) => log('resolved', c));
    w.on('exit', () => { process.nextTick(say('late tick of exit')); queueMicrotask(say('micro of exit')); });
    log('called');
    await p; await w.terminate(); log('awaited');
  },
  async terminatedInMessage() {
    const w = start("for (let n = 1; n <= 3; n++) parentPort.postMessage(n); setInterval(() => {}, 10);");
    w.on('message', (m) => { if (m === 3) w.terminate().then((c) => log('terminated', c)); });
    await ended(w);
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await wait(20); }
})();
