// Ticks, microtasks, immediates and timers that make one another.
const log = (...a) => console.log(...a);
process.on('exit', (c) => log('exit', c));
process.nextTick(() => {
  log('tick 1');
  queueMicrotask(() => {
    log('micro of tick 1');
    process.nextTick(() => log('tick of micro of tick 1'));
    queueMicrotask(() => log('micro of micro'));
  });
  process.nextTick(() => log('tick of tick 1'));
});
queueMicrotask(() => log('micro 1'));
process.nextTick(() => log('tick 2'));
setTimeout(() => {
  log('timer a');
  process.nextTick(() => log('tick of a'));
  queueMicrotask(() => log('micro of a'));
  setImmediate(() => {
    log('immediate of a');
    setTimeout(() => log('timer of immediate of a'), 20);
    setImmediate(() => log('immediate of immediate of a'));
    process.nextTick(() => log('tick of immediate of a'));
  });
  const i = setImmediate(() => log('never'));
  setImmediate(() => log('second immediate of a'));
  process.nextTick(() => clearImmediate(i));
}, 5);
setTimeout(() => {
  log('timer b');
  queueMicrotask(() => { log('micro of b'); process.nextTick(() => log('tick of micro of b')); });
}, 60);
const cleared = setTimeout(() => log('never'), 300);
setTimeout(() => { clearTimeout(cleared); log('cleared'); }, 200);
let count = 0;
const interval = setInterval(() => {
  log("interval", ++count);
  if (count === 2) setImmediate(() => { clearInterval(interval); log('interval cleared'); });
}, 400);
const refreshed = setTimeout(() => log('refreshed'), 1500);
setTimeout(() => refreshed.refresh(), 1000);
setTimeout(() => log('between'), 2000);
const lazy = setTimeout(() => log('never, unreferenced'), 100000);
lazy.unref();
log(lazy.hasRef(), lazy.ref().hasRef(), lazy.unref().hasRef());
setTimeout(async () => {
  log('async timer');
  await null;
  log('after await');
  setImmediate(() => log('immediate after await'));
  await new Promise((r) => setImmediate(r));
  log('after immediate promise');
  await new Promise((r) => process.nextTick(r));
  log('after tick promise');
  await new Promise((r) => setTimeout(r, 1));
  log('after timer promise');
}, 3000);
log('sync');
