// Sockets once more: both sides at once, servers that close or refuse, paused and limited connections, resets, sockets of files.
const net = require('net');
const fs = require('fs');
const os = require('os');
const path = require('path');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const wait = (ms) => new Promise((ok) => setTimeout(ok, 15 * ms));
const watch = (s, name) => {
  for (const n of ['end', 'finish', 'close', 'drain', 'pause', 'resume']) s.on(n, (x) => log(name, n, n === 'close' ? x : ''));
  s.on('error', (e) => log(name, 'error', e.code || e.message));
  return s;
};
const listen = async (server, ...where) => { server.listen(...where); await new Promise((ok) => server.once('listening', ok)); return server; };
const pair = async (o = {}) => {
  const server = await listen(net.createServer(o), 0, '127.0.0.1');
  const accepted = new Promise((ok) => server.once('connection', ok));
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: o.allowHalfOpen });
  const both = [client, await accepted];
  if (client.connecting) await new Promise((ok) => client.once('connect', ok));
  await wait(10);
  return [...both, server];
};
const steps = {
  async bothEndAtOnce() {
    const [a, b, s] = await pair({ allowHalfOpen: true });
    watch(a, 'a').resume(); watch(b, 'b').resume();
    a.end('x'); await wait(20); b.end('y'); await wait(20);
    s.close(say('server closed'));
    await wait(20);
  },
  async endWithCallback() {
    const [a, b, s] = await pair();
    b.on('data', (d) => log('data', String(d)));
    watch(a, 'a'); b.on('end', say('b end'));
    a.write('one', say('one written')); a.write('two', say('two written')); a.end('three', say('ended'));
    log(a.writableEnded, a.writableFinished, a.readable, a.writable);
    await wait(30);
    log(a.readable, a.destroyed, b.destroyed);
    s.close(); await wait(10);
  },
  async writeAfterEnd() {
    const [a, b, s] = await pair({ allowHalfOpen: true });
    b.resume(); watch(a, 'a');
    a.end('x');
    log(a.write('late', (e) => log('callback', e.code)));
    await wait(30);
    b.destroy(); s.close(); await wait(20);
  },
  async destroyInData() {
    const [a, b, s] = await pair();
    watch(b, 'b'); a.on('error', () => {}); a.resume(); a.on('close', say('a close'));
    b.on('data', (d) => { log('data', String(d)); b.destroy(); log(b.destroyed, b.readable); process.nextTick(say('tick')); setImmediate(say('immediate')); });
    a.write('x');
    await wait(30);
    s.close(); await wait(10);
  },
  async destroySoon() {
    const [a, b, s] = await pair();
    watch(a, 'a'); b.on('data', (d) => log('data', String(d))); b.on('close', say('b close'));
    a.write('left'); a.destroySoon(); log(a.destroyed);
    await wait(30);
    s.close(); await wait(10);
  },
  async reset() {
    const [a, b, s] = await pair();
    watch(b, 'b').resume(); a.on('close', (x) => log('a close', x));
    a.resetAndDestroy(); log(a.destroyed);
    await wait(30);
    s.close(); await wait(10);
  },
  async paused() {
    const [a, b, s] = await pair();
    watch(b, 'b');
    b.on('data', (d) => { log('data', String(d)); b.pause(); setTimeout(() => { log('resumes'); b.resume(); }, 60); });
    a.write('1'); await wait(10); a.write('2'); a.end();
    await wait(80);
    s.close(); await wait(10);
  },
  async readByHand() {
    const [a, b, s] = await pair();
    b.on('readable', () => { let d; while ((d = b.read()) !== null) log('read', String(d)); log('readable', b.readableLength); });
    b.on('end', say('b end')); b.on('close', say('b close'));
    a.write('abc'); await wait(20); a.end('def');
    await wait(30);
    s.close(); await wait(10);
  },
  async backpressure() {
    const [a, b, s] = await pair();
    let got = 0;
    b.pause();
    const chunk = Buffer.alloc(1 << 20);
    let n = 1;
    while (a.write(chunk)) n++;
    log('full', a.writableNeedDrain, a.writableLength > 0);
    a.on('drain', () => { log('drain', a.writableNeedDrain, a.writableLength); a.end(); });
    b.on('data', (d) => { got += d.length; });
    b.on('end', () => log('all came', got === n << 20));
    await wait(20);
    log('resumes'); b.resume();
    await new Promise((ok) => b.on('close', ok));
    s.close(); await wait(10);
  },
  async serverCloses() {
    const [a, b, s] = await pair();
    a.on('close', say('a close')); b.on('close', say('b close'));
    s.on('close', say('server close'));
    s.close((e) => log('callback', e));
    log(s.listening);
    await wait(20);
    log('ends'); b.end(); a.resume(); b.resume();
    await wait(30);
  },
  async tooMany() {
    const s = net.createServer((c) => { log('connection'); c.on('close', say('connection closes')); c.resume(); });
    s.maxConnections = 1;
    s.on('drop', () => log('drop'));
    await listen(s, 0, '127.0.0.1');
    const a = net.connect(s.address().port, '127.0.0.1'); a.resume(); a.on('close', say('a close')); await wait(20);
    const b = net.connect(s.address().port, '127.0.0.1'); b.resume(); b.on('error', () => {}); b.on('close', say('b close')); await wait(30);
    a.end(); await wait(20);
    s.close(say('server closed')); await wait(20);
  },
  async inUse() {
    const s = await listen(net.createServer(), 0, '127.0.0.1');
    const t = net.createServer();
    t.on('error', (e) => { log('error', e.code, t.listening); s.close(say('closed')); });
    t.on('listening', say('never'));
    t.listen(s.address().port, '127.0.0.1', say('never'));
    process.nextTick(say('tick'));
    await wait(30);
  },
  async ofAFile() {
    const name = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'trace')), 'socket');
    const s = await listen(net.createServer((c) => { c.on('data', (d) => { log('server', String(d)); c.end('bye'); }); c.on('close', say('server side close')); }), name);
    const a = net.connect(name, say('connected'));
    watch(a, 'a'); a.on('data', (d) => log('client', String(d)));
    a.write('hello');
    await wait(30);
    s.close(() => log('closed', fs.existsSync(name)));
    await wait(20);
    const b = net.connect(name);
    b.on('error', (e) => log('error', e.code)); b.on('close', (x) => log('close', x));
    await wait(20);
  },
  async aborted() {
    const ac = new AbortController();
    const s = net.createServer().listen({ port: 0, host: '127.0.0.1', signal: ac.signal });
    s.on('close', say('server close'));
    await new Promise((ok) => s.once('listening', ok));
    const own = new AbortController();
    const c = net.connect({ port: s.address().port, host: '127.0.0.1', signal: own.signal });
    c.on('error', (e) => log('client', e.name)); c.on('close', (x) => log('client close', x)); c.on('connect', say('connect'));
    s.on('connection', (x) => { x.on('error', () => {}); x.resume(); x.on('close', say('connection close')); });
    await wait(20);
    own.abort(); log('aborted', c.destroyed);
    await wait(20);
    ac.abort(); log('aborted', s.listening);
    await wait(20);
  },
  async idle() {
    const [a, b, s] = await pair();
    a.setTimeout(900, say('idle')); b.on('error', () => {});
    a.on('timeout', () => { log('timeout'); a.destroy(); });
    b.resume(); b.on('close', say('b close')); a.on('close', say('a close'));
    await wait(30); a.write('x'); await wait(40); log('written, not yet');
    await wait(60);
    s.close(); await wait(10);
  },
  async orderOfTheConnect() {
    const s = net.createServer((c) => { log('connection'); c.resume(); c.end(); });
    await listen(s, 0, '127.0.0.1');
    const c = net.connect(s.address().port, '127.0.0.1', () => { log('connect'); process.nextTick(say('tick of connect')); setImmediate(say('immediate of connect')); });
    c.on('ready', say('ready')); c.resume();
    process.nextTick(() => log('tick', c.connecting)); setImmediate(() => log('immediate', c.connecting));
    await new Promise((ok) => c.on('close', ok));
    log(c.bytesRead, c.bytesWritten, c.destroyed);
    s.close(say('closed')); await wait(10);
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await wait(20); }
})();
