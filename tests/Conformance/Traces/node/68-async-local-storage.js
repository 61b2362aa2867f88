// Which values callbacks see.
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const { EventEmitter } = require('events');
const s = new AsyncLocalStorage(), u = new AsyncLocalStorage();
const log = (name) => console.log(name, s.getStore() ?? 'none', u.getStore() ?? 'none');
s.run('a', () => {
  log('run');
  process.nextTick(() => log('tick'));
  setImmediate(() => log('immediate'));
  setTimeout(() => { log('timer'); u.run('t', () => Promise.resolve().then(() => log('micro of timer'))); log('timer goes on'); }, 400);
  Promise.resolve().then(() => log('micro')).then(() => log('micro 2'));
  queueMicrotask(() => log('queued'));
  u.run('b', () => { log('both'); s.exit(() => { log('exited'); setImmediate(() => log('immediate of exited')); }); });
  log('still');
});
log('outside');
const e = new EventEmitter();
s.run('listener', () => e.on('x', () => log('event')));
s.run('emitter', () => e.emit('x'));
const bound = s.run('bound', () => AsyncLocalStorage.bind((x) => log('bound ' + x)));
const snapshot = s.run('snap', () => AsyncLocalStorage.snapshot());
s.run('other', () => { bound(1); snapshot(() => { log('in snapshot'); process.nextTick(() => log('tick of snapshot')); }); log('after'); });
setImmediate(() => {
  s.enterWith('entered');
  log('entered');
  process.nextTick(() => log('tick of entered'));
  Promise.resolve().then(() => { s.enterWith('inner'); log('inner'); });
  setImmediate(() => log('immediate of entered'));
});
setImmediate(() => log('next immediate'));
(async () => {
  s.enterWith('async');
  await null;
  log('async');
  await s.run('nested', async () => { await null; log('nested'); s.enterWith('changed'); await null; log('changed'); });
  log('async again');
  await new Promise((r) => u.run('promise', () => setTimeout(r, 600)));
  log('after promise');
})();
log('after async call');
try { s.run('throws', () => { throw new Error(); }); } catch { log('caught'); }
let p;
s.run('creator', () => { p = new Promise((r) => setTimeout(r, 800)); });
s.run('reactor', () => p.then(() => log('reaction')));
