// One stream piped into several, one after the other, twice into one, and back off again, while the others are slow, fail, end or close.
const { Readable, Writable, PassThrough } = require('stream');
const log = (...a) => console.log(...a);
const o = { objectMode: true };
const code = (e) => (e ? e.code || e.message : 'ok');
const source = (items, more) => { const q = [...items]; return watch(new Readable({ ...o, highWaterMark: 2, read() { this.push(q.length ? q.shift() : null); }, ...more }), 'r', ['pause', 'resume', 'end', 'close']); };
const watch = (s, name, events) => { for (const n of events) s.on(n, () => log(name, n)); return s; };
const sink = (name, how, more) => watch(new Writable({ ...o, highWaterMark: 1, write(c, e, cb) { log(name, c); how(cb, c); }, ...more }), name, ['pipe', 'unpipe', 'drain', 'finish', 'close']);
const now = (cb) => cb();
const soon = (cb) => setImmediate(cb);
const later = (cb) => setTimeout(cb, 40);
const steps = {
  threeSpeeds() { const r = source('abcd'); r.pipe(sink('now', now)); r.pipe(sink('soon', soon)); r.pipe(sink('later', later)); },
  slowOneGoes() {
    const r = source('abcdef'); const slow = sink('slow', (cb, c) => setTimeout(cb, 200)); const fast = sink('fast', now);
    r.pipe(slow); r.pipe(fast);
    setTimeout(() => { log('unpipes'); r.unpipe(slow); }, 50);
  },
  bothSlowOneGoes() {
    const r = source('abcdef'); const one = sink('one', (cb, c) => setTimeout(cb, 10)); const two = sink('two', (cb) => setTimeout(cb, 200));
    r.pipe(one); r.pipe(two);
    setTimeout(() => { log('unpipes'); r.unpipe(two); two.destroy(); }, 80);
  },
  allGo() {
    const r = source('abcdef'); const one = sink('one', soon); const two = sink('two', soon);
    r.pipe(one); r.pipe(two);
    setTimeout(() => { r.unpipe(); log(r.readableFlowing); r.on('data', (d) => log('data', d)); log(r.readableFlowing); r.resume(); }, 0);
    r.once('data', (d) => { log('first', d); r.unpipe(); });
  },
  twiceIntoOne() { const r = source('ab'); const w = sink('w', soon, { highWaterMark: 3 }); r.pipe(w); r.pipe(w); setTimeout(() => log(w.listenerCount('unpipe'), r.listenerCount('data')), 50); },
  twiceThenOnceOff() { const r = source('abcd'); const w = sink('w', soon, { highWaterMark: 9 }); r.pipe(w); r.pipe(w); r.once('data', () => r.unpipe(w)); },
  twoIntoOne() {
    const w = sink('w', now, { highWaterMark: 9 }); const r = source('ab'); const s = source('123');
    w.on('error', (e) => log('error', code(e)));
    r.pipe(w, { end: false }); s.pipe(w);
    r.on('end', () => log('r ended', w.writableEnded));
  },
  twoEndOne() {
    const w = sink('w', now, { highWaterMark: 9 }); const r = source('a'); const s = source('1234');
    w.on('error', (e) => log('error', code(e), s.readableFlowing));
    r.pipe(w); s.pipe(w);
  },
  oneFails() {
    const r = source('abcd'); const bad = sink('bad', (cb, c) => cb(c === 'b' ? new Error('b') : null)); const good = sink('good', soon);
    bad.on('error', (e) => log('error', code(e)));
    r.pipe(bad); r.pipe(good);
  },
  oneFailsSlowly() {
    const r = source('abcd'); const bad = sink('bad', (cb) => setTimeout(() => cb(new Error('late')), 40)); const good = sink('good', now);
    bad.on('error', (e) => log('error', code(e)));
    r.pipe(good); r.pipe(bad);
  },
  oneCloses() { const r = source('abcd'); const w = sink('w', now, { highWaterMark: 9 }); r.pipe(w); r.once('data', () => w.destroy()); setTimeout(() => { log(r.readableFlowing, r.destroyed, r.readableLength); r.destroy(); }, 60); },
  endedBefore() { const r = source(''); r.resume(); setTimeout(() => { const w = sink('w', now); r.pipe(w); log('piped', r.readableEnded); }, 50); },
  destroyedBefore() { const r = source('ab'); r.destroy(); const w = sink('w', now); r.pipe(w); setTimeout(() => { log(w.writableEnded, w.destroyed); }, 50); },
  intoTheEnded() { const w = sink('w', now); w.on('error', (e) => log('error', code(e))); w.end(); const r = source('ab'); r.pipe(w); setTimeout(() => { log(r.readableFlowing, r.destroyed); r.destroy(); }, 60); },
  intoTheFull() {
    const w = sink('w', later); log(w.write('own'), w.writableNeedDrain);
    const r = source('ab'); r.pipe(w); log(r.readableFlowing, r.isPaused());
  },
  pausedByHand() {
    const r = source('abcd'); const w = sink('w', now, { highWaterMark: 9 });
    r.pipe(w);
    r.once('data', () => { r.pause(); log(r.isPaused(), r.readableFlowing); setTimeout(() => { log('resumes'); r.resume(); }, 50); });
  },
  listensInAdvance() { const w = sink('w', now, { highWaterMark: 9 }); w.on('pipe', (s) => { log('piped by', s === r); s.unpipe(w); }); const r = source('ab'); r.pipe(w); log(r.readableFlowing, r.listenerCount('data')); setTimeout(() => r.destroy(), 50); },
  throughTwo() {
    const r = source('abc'); const p = watch(new PassThrough({ ...o, highWaterMark: 1 }), 'p', ['pipe', 'unpipe', 'drain', 'pause', 'resume', 'finish', 'end', 'close']);
    const x = sink('x', now); const y = sink('y', later);
    r.pipe(p); p.pipe(x); p.pipe(y);
  },
};
(async () => { for (const name of Object.keys(steps)) { log('--', name); steps[name](); await new Promise((ok) => setTimeout(ok, 450)); } })();
