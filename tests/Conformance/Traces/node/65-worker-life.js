// Messages, errors and exits of workers.
const { Worker } = require('worker_threads');
const log = (...a) => console.log(...a);
const run = (code, then) => new Promise((r) => {
  const w = new Worker(`const { parentPort } = require('worker_threads');\n${code}`, { eval: true });
  w.on('online', () => log('online'));
  w.on('message', (m) => log('message', m));
  w.on('error', (e) => log('error', e.message));
  w.on('exit', (c) => { log('exit', c); setImmediate(r); });
  if (then) then(w);
});
(async () => {
  await run(`parentPort.postMessage('a'); process.nextTick(() => parentPort.postMessage('tick'));
    setImmediate(() => parentPort.postMessage('immediate')); process.on('exit', (c) => parentPort.postMessage('exiting ' + c));`);
  log('--');
  await run(`parentPort.postMessage('before'); process.on('exit', () => { process.exitCode = 5; });
    setImmediate(() => { throw new Error('thrown'); });`);
  log('--');
  await run(`process.on('uncaughtException', (e) => { parentPort.postMessage('caught ' + e.message); });
    setImmediate(() => { throw new Error('x'); }); setTimeout(() => parentPort.postMessage('goes on'), 5);`);
  log('--');
  await run(`setImmediate(() => process.exit(3)); setTimeout(() => parentPort.postMessage('never'), 50);`);
  log('--');
  await run(`Promise.reject(new Error('rejected'));`);
  log('--');
  await run(`parentPort.on('message', (m) => { parentPort.postMessage('got ' + m); if (m === 3) parentPort.close(); });`,
    (w) => { for (let i = 1; i <= 3; i++) w.postMessage(i); });
  log('--');
  await run(`process.on('beforeExit', () => { if (!globalThis.done) { globalThis.done = true; parentPort.postMessage('before exit');
    setTimeout(() => parentPort.postMessage('revived'), 1); } });`);
  log('--');
  await run(`setInterval(() => {}, 1000); parentPort.postMessage('up');`, (w) => {
    w.on('message', async () => { log('terminating'); log('terminated', await w.terminate()); });
  });
  log('over');
})();
