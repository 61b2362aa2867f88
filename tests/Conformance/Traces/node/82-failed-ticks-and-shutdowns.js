// What waits for a later turn: a port's next message after a tick of the one before has failed, and the finish of a socket, which comes
// when the system has shut its side down.
const net = require('net');
const { MessageChannel } = require('worker_threads');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
process.on('uncaughtException', (e) => log('uncaught', e.message));
const turn = () => new Promise((ok) => setImmediate(ok));
const wait = (ms) => new Promise((ok) => setTimeout(ok, ms));
const pair = async () => {
  const server = net.createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await new Promise((ok) => server.once('listening', ok));
  const accepted = new Promise((ok) => server.once('connection', ok));
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: true });
  const both = [client, await accepted];
  if (client.connecting) await new Promise((ok) => client.once('connect', ok));
  server.close();
  await wait(20);
  return both;
};
const steps = {
  async port(how) {
    const { port1, port2 } = new MessageChannel();
    port2.on('message', (m) => {
      log('message', m);
      if (m === 2) {
        if (how === 'tick') process.nextTick(() => { throw new Error('tick'); });
        if (how === 'micro') queueMicrotask(() => { throw new Error('micro'); });
        if (how === 'listener') throw new Error('listener');
        process.nextTick(say('next tick'));
        setImmediate(say('immediate'));
      }
      if (m === 4) port2.close();
    });
    for (let n = 1; n <= 4; n++) port1.postMessage(n);
    await wait(30);
  },
  tick: () => steps.port('tick'),
  micro: () => steps.port('micro'),
  listener: () => steps.port('listener'),
  async finishInAnImmediate() {
    const [a, b] = await pair();
    await turn();
    a.on('finish', say('finish')); a.on('close', say('close')); b.resume();
    b.on('end', () => { log('b end'); b.end(); });
    a.end(say('ended'));
    log('end was called', a.writableFinished);
    process.nextTick(say('tick'));
    setImmediate(say('immediate'));
    a.resume();
    await wait(30);
  },
  async finishInATimer() {
    const [a, b] = await pair();
    await wait(1);
    a.on('finish', say('finish'));
    a.end('x', say('ended'));
    process.nextTick(say('tick'));
    setImmediate(say('immediate'));
    await wait(20);
    b.resume(); b.on('end', () => b.end());
    a.resume(); a.on('end', say('a end')); a.on('close', say('a close'));
    await wait(20);
  },
  async finishInAPoll() {
    const [a, b] = await pair();
    b.on('finish', say('finish'));
    b.once('data', (d) => {
      log('data', String(d));
      b.end(say('ended'));
      process.nextTick(say('tick'));
      setImmediate(say('immediate'));
    });
    b.on('end', say('b end')); b.on('close', say('b close'));
    a.write('x');
    await wait(20);
    a.on('end', say('a end')); a.on('close', say('a close'));
    a.resume(); a.end();
    await wait(30);
  },
  async destroyedMeanwhile() {
    const [a, b] = await pair();
    await turn();
    b.resume(); b.on('error', say('b error')); b.on('close', say('b close'));
    a.on('finish', say('never')); a.on('close', say('a close')); a.on('error', say('a error'));
    a.end((e) => log('ended', e && e.code));
    a.destroy();
    log('destroyed');
    process.nextTick(say('tick'));
    setImmediate(say('immediate'));
    await wait(20);
    b.destroy();
    await wait(20);
  },
  async finishedBoth() {
    const [a, b] = await pair();
    await turn();
    for (const [n, s] of [['a', a], ['b', b]]) { s.on('end', say(n + ' end')); s.on('finish', say(n + ' finish')); s.on('close', say(n + ' close')); s.resume(); }
    a.end();
    await wait(20);
    b.end();
    setImmediate(say('immediate'));
    await wait(30);
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await wait(20); }
})();
