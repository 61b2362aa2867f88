// Listeners that come and go while an event is emitted.
const { EventEmitter, errorMonitor } = require('events');
const log = (...a) => console.log(...a);
{
  const e = new EventEmitter();
  e.on('newListener', (n) => log('new', n, e.listenerCount(n)));
  e.on('removeListener', (n) => log('removed', n, e.listenerCount(n)));
  const b = () => log('b');
  e.on('x', () => { log('a'); e.off('x', b); e.prependListener('x', () => log('first next time')); });
  e.once('x', () => { log('once'); e.emit('x'); });
  e.on('x', b);
  e.prependOnceListener('x', () => log('prepended once'));
  log(e.emit('x'), e.emit('x'), e.emit('none'));
  log(e.eventNames().join());
  e.removeAllListeners('x');
  log(e.listenerCount('x'));
  e.on('y', b); e.on('y', b); e.off('y', b);
  log(e.listenerCount('y'));
  e.emit('y');
  e.removeAllListeners();
  log(e.eventNames().length);
}
{
  const e = new EventEmitter();
  e.on(errorMonitor, (err) => log('monitor', err.message));
  try { e.emit('error', new Error('alone')); } catch (err) { log('thrown', err.message); }
  e.once('error', (err) => log('handled', err.message));
  log(e.emit('error', new Error('twice')));
  try { e.emit('error', 'text'); } catch (err) { log(err.message); }
}
{
  const e = new EventEmitter();
  e.on('x', () => log('1'));
  e.on('x', () => { log('2'); throw new Error('stops'); });
  e.on('x', () => log('never'));
  try { e.emit('x'); } catch (err) { log(err.message); }
  e.once('y', () => { log('y'); throw new Error('once throws'); });
  try { e.emit('y'); } catch (err) { log(err.message, e.listenerCount('y')); }
}
{
  const e = new EventEmitter({ captureRejections: true });
  e.on('x', async (v) => { log('async', v); throw new Error('rejected ' + v); });
  e.on('error', (err) => log('error event', err.message));
  e.emit('x', 1);
  log('after emit');
  process.nextTick(() => log('tick'));
  Promise.resolve().then(() => log('micro'));
}
{
  const e = new EventEmitter();
  e.setMaxListeners(1);
  process.on('warning', (w) => log(w.name));
  e.on('x', () => {}); e.on('x', () => {}); e.on('x', () => {});
  log('listeners', e.listenerCount('x'));
}
{
  const e = new EventEmitter();
  const seen = [];
  const f = () => { seen.push('f'); e.on('z', f); };
  e.once('z', f); e.emit('z'); e.emit('z');
  log(seen.join(), e.listenerCount('z'));
  const g = () => seen.push('g');
  e.once('w', g); e.on('w', g); e.once('w', g);
  e.off('w', g);
  e.emit('w');
  log(seen.join(), e.listenerCount('w'));
}
