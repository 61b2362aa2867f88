// The events of a process's end.
const log = (...a) => console.log(...a);
let rounds = 0;
process.on('beforeExit', (code) => {
  log('beforeExit', code, ++rounds);
  if (rounds === 1) setTimeout(() => log('timer of beforeExit'), 1);
  if (rounds === 2) setImmediate(() => { log('immediate of beforeExit'); process.exitCode = 4; });
  if (rounds === 3) process.nextTick(() => log('a tick does not revive'));
});
process.on('exit', (code) => {
  log('exit 1', code);
  setTimeout(() => log('never'), 0);
  setImmediate(() => log('never'));
  process.nextTick(() => log('never'));
  Promise.resolve().then(() => log('a microtask still runs'));
  process.exitCode = 6;
});
process.on('exit', (code) => { log('exit 2', code, process.exitCode); process.exitCode = 0; });
setTimeout(() => log('never: unref'), 1000).unref();
setTimeout(() => log('timer'), 5);
