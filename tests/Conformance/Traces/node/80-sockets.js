// The events of sockets and servers on one machine, one side at a time.
const net = require('net');
const log = (...a) => console.log(...a);
const watch = (s, name) => { for (const n of ['connect', 'ready', 'end', 'finish', 'timeout', 'close']) s.on(n, (x) => log(name, n, n === 'close' ? x : '')); s.on('error', (e) => log(name, 'error', e.code || e.message)); return s; };
const both = (o, onServer, onClient) => new Promise((done) => {
  let left = 2; const closed = () => { if (--left === 0) server.close(done); };
  const server = net.createServer(o, (c) => { c.on('close', closed); onServer(c); });
  server.listen(0, '127.0.0.1', () => { const c = net.connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: o.allowHalfOpen }); c.on('close', closed); onClient(c); });
});
const steps = {
  serverEnds: () => both({}, (c) => c.end('bye'), (c) => { watch(c, 'client'); c.on('data', (d) => log('data', String(d))); }),
  clientEnds: () => both({}, (c) => { watch(c, 'server'); c.on('data', (d) => log('data', String(d))); }, (c) => c.end('hello')),
  halfOpen: () => both({ allowHalfOpen: true }, (c) => { watch(c, 'server'); c.resume(); c.on('end', () => { log('readable', c.readable, c.writable); setTimeout(() => c.end('late'), 20); }); }, (c) => { c.end('x'); c.resume(); }),
  destroyed: () => both({}, (c) => { c.on('error', () => {}); c.resume(); }, (c) => { watch(c, 'client'); c.on('connect', () => { c.destroy(); log('destroyed', c.destroyed, c.connecting); process.nextTick(() => log('tick')); }); }),
  destroyedWithError: () => both({}, (c) => { c.on('error', () => {}); c.resume(); }, (c) => { watch(c, 'client'); c.on('connect', () => c.destroy(new Error('mine'))); }),
  writesBeforeConnect: () => both({}, (c) => { let all = ''; c.on('data', (d) => { all += d; }); c.on('end', () => log('all', all)); }, (c) => {
    watch(c, 'client'); log(c.connecting, c.write('a', () => log('a written')), c.write('b', () => log('b written'))); c.end('c', () => log('ended')); c.resume(); }),
  timeouts: () => both({}, (c) => { c.on('error', () => {}); c.resume(); }, (c) => { watch(c, 'client'); c.setTimeout(30, () => { log('idle'); c.end(); }); }),
  refused: () => new Promise((done) => { const s = net.createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => {
    const c = watch(net.connect(port, '127.0.0.1'), 'client'); c.write('x', (e) => log('callback', e.code)); c.on('close', done); }); }); }),
  serverEvents: () => new Promise((done) => { const s = net.createServer(); for (const n of ['listening', 'connection', 'close']) s.on(n, () => log('server', n));
    s.listen(0, '127.0.0.1', () => { log('callback', s.listening); const c = net.connect(s.address().port, '127.0.0.1'); c.on('close', () => log('client close'));
      s.on('connection', (x) => { s.close(() => { log('closed', s.listening); done(); }); log('closing', s.listening); setTimeout(() => { log('ends'); x.end(); x.resume(); c.resume(); }, 20); }); }); }),
  closeTwice: () => new Promise((done) => { const s = net.createServer(); s.close((e) => { log(e.code); s.listen(0, '127.0.0.1', () => { s.close((x) => { log(x); done(); }); s.close((x) => log(x.code)); }); }); }),
  paused: () => both({}, (c) => { c.end('0123456789'); }, (c) => { let n = 0; c.pause(); setTimeout(() => { log('resumes'); c.resume(); }, 20); c.on('data', (d) => { n += d.length; }); c.on('end', () => log('end', n)); }),
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await new Promise((r) => setTimeout(r, 30)); }
})();
