// Writable: false at the high-water mark, one chunk at the sink, drain, end, finish, close.
const { Writable } = require('stream');
const w = new Writable({ highWaterMark: 3, decodeStrings: false,
  write(c, e, cb) { console.log('sink', c); setTimeout(cb, 5); }, final(cb) { console.log('final'); setTimeout(cb, 5); } });
w.on('drain', () => { console.log('drain'); w.end('e', () => console.log('end cb')); });
w.on('finish', () => console.log('finish')); w.on('close', () => console.log('close'));
console.log(w.write('a', () => console.log('cb a')), w.writableLength, w.write('bb'), w.writableNeedDrain, w.write('c'));
const d = new Writable({ write(c, e, cb) { setTimeout(cb, 50); } });
d.on('error', (e) => console.log('error', e.message)); d.on('close', () => console.log('closed once'));
d.write('x', (e) => console.log('x failed', e && e.message)); d.write('y', (e) => console.log('y failed', e && e.message));
d.destroy(new Error('gone')); d.destroy(new Error('again')); console.log('destroyed', d.destroyed);
