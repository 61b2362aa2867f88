// Readable streams read by hand, flowing, paused, piped: which event comes when, and what read gives.
const { Readable, Writable, PassThrough, Transform } = require('stream');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const source = (items, o) => { const q = [...items]; return new Readable({ objectMode: true, read() { log('read'); this.push(q.length ? q.shift() : null); }, ...o }); };
const ends = (s, name = 'r') => { for (const n of ['end', 'close', 'pause', 'resume']) s.on(n, () => log(name, n)); return s; };
const steps = {
  readableEvent() {
    const r = ends(source('abc', { highWaterMark: 2 }));
    r.on('readable', () => { let c; log('readable', r.readableLength); while ((c = r.read()) !== null) log('got', c); });
  },
  readOneByOne() {
    const r = ends(source('abc', { highWaterMark: 1 }));
    r.on('readable', () => { const c = r.read(); log('got', c); });
  },
  bytes() {
    const r = ends(new Readable({ read() {} }));
    r.push(Buffer.from('hello')); r.push(Buffer.from(' world'));
    r.once('readable', () => {
      log(r.readableLength, String(r.read(3)), String(r.read(4)), r.read(20), r.readableLength);
      r.unshift(Buffer.from('>>'));
      log(String(r.read()), r.readableLength);
      r.push(Buffer.from('tail')); r.push(null);
      log(String(r.read()), r.readableEnded);
    });
  },
  pushReturns() {
    const r = new Readable({ highWaterMark: 4, read() { log('read'); } });
    log(r.push('ab'), r.push('cd'), r.push('e'), r.readableLength);
    r.on('data', (d) => log('data', String(d)));
    log('flowing', r.readableFlowing);
    process.nextTick(() => { log('tick'); log(r.push('f')); r.push(null); });
    r.on('end', say('end'));
  },
  pauseAndResume() {
    const r = ends(source('abcd'));
    r.on('data', (d) => { log('data', d); if (d === 'b') { r.pause(); log(r.isPaused(), r.readableFlowing); process.nextTick(() => { r.resume(); log('resumed'); }); } });
  },
  dataThenReadable() {
    const r = ends(source('abc'));
    r.on('data', (d) => log('data', d));
    const f = () => { log('readable'); r.read(); };
    r.on('readable', f);
    log(r.readableFlowing);
    setTimeout(() => { r.removeListener('readable', f); log(r.readableFlowing); }, 10);
  },
  lateListener() {
    const r = ends(source('ab'));
    log(r.readableFlowing);
    setTimeout(() => { r.on('data', (d) => log('data', d)); log(r.readableFlowing); }, 5);
  },
  twoPipes() {
    const r = ends(source('abc'));
    const slow = new Writable({ objectMode: true, highWaterMark: 1, write(c, e, cb) { log('slow', c); setTimeout(cb, 10); } });
    const fast = new Writable({ objectMode: true, write(c, e, cb) { log('fast', c); cb(); } });
    for (const [n, w] of [['slow', slow], ['fast', fast]]) for (const e of ['pipe', 'unpipe', 'finish', 'drain']) w.on(e, () => log(n, e));
    r.pipe(slow); r.pipe(fast);
  },
  unpipe() {
    const r = source('abcdef');
    const w = new Writable({ objectMode: true, write(c, e, cb) { log('w', c); if (c === 'b') { r.unpipe(w); log('unpiped', r.readableFlowing); } cb(); } });
    w.on('unpipe', say('unpipe')); w.on('finish', say('finish'));
    r.pipe(w);
    setTimeout(() => { r.on('data', (d) => log('data', d)); r.on('end', say('end')); log(r.readableFlowing); r.resume(); }, 10);
  },
  pipeToFailing() {
    const r = source('abc');
    const w = new Writable({ objectMode: true, write(c, e, cb) { cb(c === 'b' ? new Error('b') : null); } });
    w.on('error', (e) => log('error', e.message)); w.on('unpipe', say('unpipe')); w.on('close', say('w close'));
    r.pipe(w);
    setTimeout(() => log(r.destroyed, r.readableFlowing), 10);
  },
  pipeWithoutEnd() {
    const r = ends(source('a'));
    const w = new PassThrough({ objectMode: true });
    w.on('data', (d) => log('w', d)); w.on('finish', say('finish'));
    r.pipe(w, { end: false });
    setTimeout(() => { w.end('own'); }, 10);
  },
  asyncPush() {
    let n = 0;
    const r = ends(new Readable({ objectMode: true, highWaterMark: 1, read() { log('read'); setTimeout(() => this.push(n < 3 ? n++ : null), 2); } }));
    r.on('data', (d) => { log('data', d); Promise.resolve().then(() => log('micro', d)); });
  },
  destroyWhileReading() {
    const r = ends(source('abc'));
    r.on('readable', () => { log('got', r.read()); r.destroy(); log(r.read(), r.destroyed); });
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); steps[name](); await new Promise((r) => setTimeout(r, 300)); }
})();
