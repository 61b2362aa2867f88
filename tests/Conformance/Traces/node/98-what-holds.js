// What holds the loop and what does not: each case is a process of its own that ends by itself, and says so.
const { spawnSync } = require('child_process');
const net = require('net'), fs = require('fs');
const { Worker, MessageChannel, BroadcastChannel } = require('worker_threads');
const { EventEmitter, once, on } = require('events');
const { Readable, PassThrough } = require('stream');
const timers = require('timers/promises');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const cases = {
  unrefTimers() { setTimeout(say('never'), 500).unref(); setInterval(say('never'), 500).unref(); setTimeout(say('timer'), 1); },
  unrefAndRef() { const t = setTimeout(say('timer'), 5); t.unref(); t.ref(); log(t.hasRef()); },
  refOfCleared() { const t = setTimeout(say('never'), 5); clearTimeout(t); t.ref(); log(t.hasRef()); },
  unrefInCallback() { let n = 0; const i = setInterval(() => { log('interval', ++n); if (n === 2) i.unref(); }, 5); },
  unrefImmediates() { setImmediate(say('unref, but the phase comes')).unref(); const i = setImmediate(say('immediate')); i.unref(); i.ref(); log(i.hasRef()); },
  unrefImmediateBesideOthers() { setImmediate(say('first')); setImmediate(say('unref, but the phase comes')).unref(); setImmediate(() => { log('third'); setImmediate(say('never')).unref(); }); },
  clearedImmediate() { const i = setImmediate(say('never')); setImmediate(() => log('one')); clearImmediate(i); },
  pendingPromise() { new Promise(() => {}).then(say('never')); (async () => { await new Promise(() => {}); })(); },
  timersPromises() { timers.setTimeout(5, 'v').then(log); timers.setTimeout(500, 'v', { ref: false }).then(say('never')); },
  signalTimeout() { AbortSignal.timeout(500).addEventListener('abort', say('never')); setTimeout(say('timer'), 5); },
  eventsOn() { (async () => { for await (const _ of on(new EventEmitter(), 'x')) log('never'); })(); once(new EventEmitter(), 'x').then(say('never')); },
  ports() { const { port1, port2 } = new MessageChannel(); port1.postMessage(1); port2.once('message', (m) => log('got', m)); port2.unref(); setTimeout(say('timer'), 5); },
  portWithoutListener() { const { port1 } = new MessageChannel(); port1.postMessage(1); },
  portThatIsClosed() { const { port1, port2 } = new MessageChannel(); port2.on('message', (m) => { log('got', m); port2.close(); }); port1.postMessage(1); },
  portOnce() { const { port1, port2 } = new MessageChannel(); port2.once('message', (m) => log('got', m)); port1.postMessage(1); },
  portListenerGone() { const { port1, port2 } = new MessageChannel(); const f = say('never'); port2.on('message', f); port2.off('message', f); port1.postMessage(1); },
  unrefServer() { net.createServer().listen(0, '127.0.0.1', say('listening')).unref(); setTimeout(say('timer'), 5); },
  unrefSocket() { const s = net.createServer((c) => { c.unref(); s.unref(); log('connection'); }).listen(0, '127.0.0.1', () => { const c = net.connect(s.address().port, '127.0.0.1', () => { c.unref(); log('connected'); }); }); },
  closedServer() { const s = net.createServer().listen(0, '127.0.0.1', () => s.close(say('closed'))); },
  fileWork() { fs.promises.stat(__filename).then(() => { log('stat'); fs.readFile(__filename, (e, d) => setTimeout(() => log('read', d.length > 0), 20)); }); },
  fileStreamUnread() { const r = fs.createReadStream(__filename); r.on('open', say('open')); r.on('close', say('never')); },
  filePaused() { const r = fs.createReadStream(__filename, { highWaterMark: 10 }); r.once('data', () => { r.pause(); log('paused'); }); },
  streamsWait() { const p = new PassThrough(); p.resume(); p.on('end', say('never')); (async () => { for await (const _ of new Readable({ read() {} })) log('never'); })(); },
  worker() { const w = new Worker("setTimeout(() => require('worker_threads').parentPort.postMessage('late'), 20)", { eval: true }); w.on('message', (m) => log('got', m)); },
  unrefWorker() { const w = new Worker('setInterval(() => {}, 1000)', { eval: true }); w.on('exit', say('never')); w.on('online', () => { log('online'); w.unref(); }); },
  workerIdle() { new Worker("require('worker_threads').parentPort.once('message', () => {})", { eval: true }).on('exit', (c) => log('exit', c)).postMessage(1); },
  signalListener() { process.on('SIGUSR2', say('never')); setTimeout(say('timer'), 1); },
  broadcastUnref() { const b = new BroadcastChannel('b'); b.onmessage = say('never'); b.unref(); },
  ticksOnly() { process.nextTick(() => { log('tick'); queueMicrotask(() => { log('micro'); process.nextTick(say('tick of micro')); }); }); },
  beforeExitOnce() { let n = 0; process.on('beforeExit', () => { log('before', ++n); if (n < 3) setTimeout(() => log('timer', n), 1); }); },
};
if (process.argv[2]) { process.on('exit', (c) => log('exit', c)); cases[process.argv[2]](); }
else {
  for (const name of Object.keys(cases)) {
    log('--', name);
    process.stdout.write(spawnSync(process.execPath, [__filename, name], { encoding: 'utf8', timeout: 5000 }).stdout);
  }
}
