// The ways in which a process ends: each case is a process of its own, whose output and exit code are told.
const { spawnSync } = require('child_process');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const on = (name, f) => process.on(name, f);
const exits = () => on('exit', (c) => log('exit', c));
const cases = {
  nothing() { on('beforeExit', (c) => log('beforeExit', c)); exits(); },
  exitCodeSet() { on('beforeExit', (c) => { log('beforeExit', c); process.exitCode = 3; }); exits(); setTimeout(() => { process.exitCode = 2; }, 1); },
  exitInTimer() {
    exits();
    on('beforeExit', say('never'));
    setTimeout(() => { process.nextTick(say('never')); Promise.resolve().then(say('never')); setImmediate(say('never')); process.exit(5); }, 1);
    setTimeout(say('never'), 2);
  },
  exitInTick() { exits(); process.nextTick(() => process.exit(6)); process.nextTick(say('never')); queueMicrotask(say('never')); },
  exitInMicrotask() { exits(); queueMicrotask(() => process.exit(7)); queueMicrotask(say('never')); process.nextTick(say('tick')); setImmediate(say('never')); },
  exitInImmediate() { exits(); setImmediate(() => process.exit()); setImmediate(say('never')); },
  exitInBeforeExit() { exits(); on('beforeExit', () => { log('before'); process.exit(4); }); on('beforeExit', say('never')); },
  exitInExit() { on('exit', (c) => { log('first', c); process.exit(9); }); on('exit', say('second, never')); },
  exitCodeInExit() { on('exit', (c) => { log('first', c); process.exitCode = 8; }); on('exit', (c) => log('second', c, process.exitCode)); },
  exitWithCodeSetBefore() { exits(); process.exitCode = 3; setTimeout(() => process.exit(), 1); },
  throwsAtStart() { exits(); process.nextTick(say('never')); queueMicrotask(say('never')); throw new Error('start'); },
  throwsInTimer() { exits(); setTimeout(() => { process.nextTick(say('never')); throw new Error('timer'); }, 1); setTimeout(say('never'), 1); },
  throwsInTick() { exits(); process.nextTick(() => { throw new Error('tick'); }); process.nextTick(say('never')); },
  throwsInMicrotask() { exits(); queueMicrotask(() => { throw new Error('micro'); }); queueMicrotask(say('never')); },
  throwsInImmediate() { exits(); setImmediate(() => { throw new Error('immediate'); }); setImmediate(say('never')); },
  throwsInBeforeExit() { exits(); on('beforeExit', () => { throw new Error('before'); }); on('beforeExit', say('never')); },
  throwsInExit() { on('exit', (c) => { log('first', c); throw new Error('exit'); }); on('exit', say('never')); },
  caughtInBeforeExit() {
    exits();
    let n = 0;
    on('uncaughtException', (e) => log('caught', e.message));
    on('beforeExit', () => { log('before', ++n); if (n < 2) throw new Error('before'); });
  },
  caughtInExit() { on('uncaughtException', (e, origin) => log('caught', e.message, origin)); on('exit', () => { throw new Error('exit'); }); on('exit', say('never')); },
  handlerThrows() {
    exits();
    on('uncaughtException', (e) => { log('caught', e.message); throw new Error('handler'); });
    setTimeout(() => { throw new Error('timer'); }, 1);
    setTimeout(say('never'), 1);
  },
  handlerExits() { exits(); on('uncaughtException', (e) => { log('caught', e.message); process.exit(11); }); setImmediate(() => { throw new Error('x'); }); setTimeout(say('never'), 5); },
  rejected() { exits(); Promise.reject(new Error('r')); process.nextTick(say('tick')); setImmediate(say('never')); },
  rejectedInImmediate() { exits(); setImmediate(() => { Promise.reject(new Error('r')); queueMicrotask(say('micro')); }); setImmediate(say('never')); },
  rejectedCaught() { exits(); on('uncaughtException', (e, origin) => log('caught', e.message, origin)); Promise.reject(new Error('r')); setImmediate(say('immediate')); },
  rejectedTold() { exits(); on('unhandledRejection', (e) => log('told', e.message)); Promise.reject(new Error('r')); setImmediate(say('immediate')); },
  tellerThrows() { exits(); on('unhandledRejection', (e) => { log('told', e.message); throw new Error('teller'); }); Promise.reject(new Error('r')); setImmediate(say('never')); },
  rejectedInBeforeExit() { exits(); on('beforeExit', () => { log('before'); Promise.reject(new Error('r')); }); },
  rejectedInExit() { on('exit', (c) => { log('exit', c); Promise.reject(new Error('r')); }); },
  neverResolved() { exits(); on('beforeExit', say('before')); (async () => { await new Promise(() => {}); log('never'); })(); },
  unrefOnly() { exits(); on('beforeExit', say('before')); setInterval(say('never'), 1).unref(); setImmediate(say('never')).unref(); },
  revivedOften() {
    exits();
    let n = 0;
    on('beforeExit', () => { log('before', ++n); if (n === 1) setImmediate(say('immediate')); if (n === 2) setTimeout(say('timer'), 1).unref(); });
  },
  listenersGo() {
    const gone = say('gone');
    on('exit', () => { log('first'); process.off('exit', gone); on('exit', say('added, never')); });
    on('exit', gone);
    process.once('beforeExit', () => { log('once'); setImmediate(say('revives')); });
    on('beforeExit', say('always'));
  },
};
if (process.argv[2]) cases[process.argv[2]]();
else {
  for (const name of Object.keys(cases)) {
    log('--', name);
    const { stdout, status } = spawnSync(process.execPath, [__filename, name], { encoding: 'utf8' });
    process.stdout.write(stdout);
    log('code', status);
  }
}
