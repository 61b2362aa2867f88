// Clearing from callbacks and ticks; listeners that come and go while an event is emitted; once; prepend; newListener.
const EventEmitter = require('events');
const a = setImmediate(() => { console.log('imm a'); clearImmediate(b); process.nextTick(() => clearImmediate(c)); });
const b = setImmediate(() => console.log('MUST NOT RUN b')); const c = setImmediate(() => console.log('MUST NOT RUN c'));
setImmediate(() => console.log('imm d'));
setTimeout(() => { console.log('t1'); clearTimeout(t2); }, 50); const t2 = setTimeout(() => console.log('MUST NOT RUN t2'), 50);
const e = new EventEmitter();
e.on('newListener', (n) => console.log('new', n));
const late = () => console.log('late');
e.on('x', () => { console.log('first'); e.on('x', late); e.off('x', third); });
e.once('x', () => console.log('once'));
const third = () => console.log('third'); e.on('x', third);
e.prependListener('x', () => console.log('prepended'));
console.log(e.emit('x'), e.listenerCount('x')); console.log(e.emit('x'), e.emit('nobody'));
try { e.emit('error', new Error('no listener')); } catch (err) { console.log('thrown', err.message); }
// Starvation: ticks before microtasks before everything else, also those that they add.
let n = 0; (function tick() { if (n++ < 3) { console.log('tick', n); process.nextTick(tick); Promise.resolve().then(() => console.log('micro')); } })();
