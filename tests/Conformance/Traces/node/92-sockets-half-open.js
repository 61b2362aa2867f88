// Sockets of which one half is closed: who may still write, what ends whom, and in which order end, finish and close come on each side.
const net = require('net');
const { pipeline, finished } = require('stream');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const wait = (ms) => new Promise((ok) => setTimeout(ok, 15 * ms));
const code = (e) => (e ? e.code || e.message : 'ok');
const watch = (s, name) => { for (const n of ['end', 'finish', 'close']) s.on(n, (x) => log(name, n, n === 'close' ? x : '')); s.on('error', (e) => log(name, 'error', code(e))); return s; };
const pair = async (o = {}, p = o) => {
  const server = net.createServer(o).listen(0, '127.0.0.1');
  await new Promise((ok) => server.once('listening', ok));
  const accepted = new Promise((ok) => server.once('connection', ok));
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', ...p });
  const both = [client, await accepted];
  if (client.connecting) await new Promise((ok) => client.once('connect', ok));
  server.close();
  await wait(5);
  return both;
};
const open = { allowHalfOpen: true };
const steps = {
  async neverRead() { const [a, b] = await pair(); watch(a, 'a').resume(); b.on('close', say('b close')); a.end('x'); await wait(10); log('b is open', b.destroyed); b.resume(); await wait(10); },
  async serverOpenOnly() { const [a, b] = await pair(open, {}); watch(a, 'a').resume(); watch(b, 'b').resume(); b.end('bye'); await wait(10); },
  async clientOpenOnly() { const [a, b] = await pair({}, open); watch(a, 'a').resume(); watch(b, 'b').resume(); b.end('bye'); await wait(10); log(a.readable, a.writable, a.destroyed); a.write('late'); await wait(5); a.end(); await wait(10); },
  async writesAfterTheEnd() {
    const [a, b] = await pair(open);
    watch(a, 'a').on('data', (d) => log('a data', String(d))); watch(b, 'b').resume();
    b.on('end', async () => { for (const n of [1, 2]) { b.write('late ' + n); await wait(5); } b.end('last'); });
    a.end(); await wait(30);
  },
  async callbacks() {
    const [a, b] = await pair(open);
    b.on('data', (d) => log('b data', String(d))); b.on('end', say('b end'));
    a.end('all', say('ended')); a.end((e) => log('ended again', code(e)));
    log(a.writableEnded, a.writableFinished);
    await wait(10);
    a.end((e) => log('ended late', code(e))); a.write('no', (e) => log('written late', code(e))); a.on('error', (e) => log('a error', code(e)));
    await wait(10); log(a.destroyed); b.destroy();
    await wait(5);
  },
  async finishedOfHalves() {
    const [a, b] = await pair(open);
    finished(a, { writable: false }, (e) => log('a read', code(e))); finished(a, { readable: false }, (e) => log('a written', code(e))); finished(a, (e) => log('a whole', code(e)));
    a.resume(); b.resume();
    b.end(); await wait(10); log('a ends'); a.end(); await wait(10);
  },
  async destroyedWhileEnding() { const [a, b] = await pair(open); watch(a, 'a'); b.on('error', () => {}); b.resume(); b.on('close', say('b close')); a.write('x', (e) => log('x', code(e))); a.end((e) => log('end', code(e))); await wait(5); a.destroy(); log(a.destroyed); await wait(5); b.destroy(); await wait(5); },
  async endedByPipe() {
    const [a, b] = await pair(open);
    watch(a, 'a').on('data', (d) => log('a data', String(d))); watch(b, 'b');
    b.pipe(b); a.write('1'); await wait(5); a.write('2'); a.end(); await wait(15);
  },
  async pipelineOfSockets() {
    const [a, b] = await pair(open), [c, d] = await pair(open);
    watch(a, 'a').resume(); d.on('data', (x) => log('d data', String(x))); d.on('end', () => { log('d end'); d.end('answer'); });
    pipeline(b, c, (e) => log('to', code(e))); pipeline(c, b, (e) => log('back', code(e)));
    a.on('data', (x) => log('a data', String(x)));
    a.end('question'); await wait(30);
  },
  async pausedEnd() { const [a, b] = await pair(open); watch(b, 'b'); b.pause(); a.end('data'); await wait(10); log(b.readableLength, b.readableEnded); b.on('data', (d) => log('b data', String(d))); b.resume(); await wait(10); b.end(); a.resume(); await wait(10); },
  async iterated() {
    const [a, b] = await pair(open);
    watch(b, 'b'); a.on('close', say('a close'));
    const all = (async () => { for await (const d of b) log('item', String(d)); log('over', b.destroyed, b.writable); })();
    a.write('1'); await wait(5); a.end('2'); a.resume();
    await all; await wait(10); b.end(); await wait(5);
  },
  async iteratedAndLeft() { const [a, b] = await pair(open); watch(b, 'b'); a.on('error', () => {}); a.resume(); a.on('close', say('a close')); a.write('1'); for await (const d of b) { log('item', String(d)); break; } log('left', b.destroyed); await wait(10); a.destroy(); await wait(5); },
  async options() {
    const [a, b] = await pair();
    log(a.setKeepAlive(true, 1000) === a, a.setNoDelay() === a, a.setKeepAlive(false) === a, a.setTimeout(0) === a, a.unref() === a, a.ref() === a);
    log(a.pending, a.readyState, a.bytesRead, a.bytesWritten, a.remoteAddress, b.remotePort === a.localPort);
    a.end('12345'); b.resume(); a.resume(); await wait(10);
    log(b.bytesRead, a.bytesWritten, a.readyState, a.remoteAddress === undefined);
    a.setKeepAlive(true); a.setTimeout(10); a.ref();
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await wait(7); }
})();
