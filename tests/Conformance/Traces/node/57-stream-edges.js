// The order of the events of streams at their edges.
const { Readable, Writable, Transform, pipeline } = require('stream');
const watch = (name, s, events) => {
  for (const e of events) s.on(e, (a) => console.log(name, e, a instanceof Error ? a.message : ''));
  return s;
};
const cases = {
  'empty readable'(done) {
    const r = watch('r', new Readable({ objectMode: true, read() { this.push(null); } }), ['end', 'close']);
    r.on('close', done);
    r.resume();
    console.log('resumed');
  },
  'data then end'(done) {
    let n = 0;
    const r = watch('r', new Readable({ objectMode: true, read() { this.push(n < 2 ? 'x' + n++ : null); } }), ['end', 'close', 'pause', 'resume']);
    r.on('data', (d) => { console.log('data', d); process.nextTick(() => console.log('tick after', d)); });
    r.on('close', done);
    console.log('listening');
  },
  'pause in data'(done) {
    const r = watch('r', Readable.from(['a', 'b', 'c']), ['end', 'close', 'pause', 'resume']);
    r.on('data', (d) => {
      console.log('data', d);
      if (d === 'a') {
        r.pause();
        setTimeout(() => { console.log('resuming', r.isPaused()); r.resume(); }, 5);
      }
    });
    r.on('close', done);
  },
  'destroy in data'(done) {
    const r = watch('r', Readable.from(['a', 'b', 'c']), ['end', 'close', 'error']);
    r.on('data', (d) => { console.log('data', d); if (d === 'b') { r.destroy(new Error('enough')); console.log('destroyed', r.destroyed); } });
    r.on('close', done);
  },
  'end without writes'(done) {
    const w = watch('w', new Writable({ write(c, e, cb) { cb(); } }), ['prefinish', 'finish', 'close']);
    w.on('close', done);
    w.end(() => console.log('end callback'));
    console.log('ended');
  },
  'write after end'(done) {
    const w = watch('w', new Writable({ write(c, e, cb) { cb(); } }), ['finish', 'close', 'error']);
    w.on('close', done);
    w.end();
    console.log('write', w.write('late', (e) => console.log('callback', e.code)));
  },
  'failing write'(done) {
    const w = watch('w', new Writable({ write(c, e, cb) { setImmediate(cb, new Error('disk')); } }), ['finish', 'close', 'error', 'drain']);
    w.on('close', done);
    w.write('a', (e) => console.log('a', e.message));
    w.write('b', (e) => console.log('b', e.message));
    w.end((e) => console.log('end', e.message));
  },
  'cork'(done) {
    const w = watch('w', new Writable({ objectMode: true, write(c, e, cb) { console.log('sink', c); cb(); } }), ['finish', 'close']);
    w.on('close', done);
    w.cork();
    w.write('a', () => console.log('a written'));
    w.write('b', () => console.log('b written'));
    console.log('corked', w.writableLength);
    process.nextTick(() => { w.uncork(); console.log('uncorked', w.writableLength); w.end(); });
  },
  'pipe'(done) {
    const w = watch('w', new Writable({ objectMode: true, highWaterMark: 1, write(c, e, cb) { console.log('sink', c); setImmediate(cb); } }),
      ['finish', 'close', 'drain']);
    const r = watch('r', Readable.from(['a', 'b', 'c']), ['end', 'close']);
    w.on('close', done);
    r.pipe(w);
    console.log('piped');
  },
  'transform with flush'(done) {
    const t = watch('t', new Transform({ objectMode: true,
      transform(c, e, cb) { this.push(c + '1'); cb(null, c + '2'); },
      flush(cb) { console.log('flush'); this.push('last'); cb(); } }), ['finish', 'end', 'close']);
    t.on('data', (d) => console.log('data', d));
    t.on('close', done);
    t.write('a', () => console.log('a taken'));
    t.end('b');
    console.log('ended');
  },
  'transform fails'(done) {
    const t = watch('t', new Transform({ objectMode: true, transform(c, e, cb) { cb(c === 'b' ? new Error('no b') : null, c); } }),
      ['finish', 'end', 'close', 'error']);
    t.on('data', (d) => console.log('data', d));
    t.on('close', done);
    t.write('a');
    t.write('b');
    t.end();
  },
  'pipeline ends'(done) {
    const w = watch('w', new Writable({ objectMode: true, write(c, e, cb) { console.log('sink', c); cb(); } }), ['finish', 'close']);
    pipeline(Readable.from(['a', 'b']), w, (e) => { console.log('pipeline', e ? e.message : 'ok'); setImmediate(done); });
  },
  'pipeline, source fails'(done) {
    const w = watch('w', new Writable({ objectMode: true, write(c, e, cb) { console.log('sink', c); cb(); } }), ['finish', 'close']);
    let n = 0;
    const r = watch('r', new Readable({ objectMode: true, read() { n++ ? this.destroy(new Error('source')) : this.push('a'); } }), ['end', 'close']);
    pipeline(r, w, (e) => { console.log('pipeline', e ? e.message : 'ok'); setImmediate(done); });
  },
};
(async () => {
  for (const [name, run] of Object.entries(cases)) {
    console.log('--', name);
    await new Promise((next) => run(next));
    await new Promise((next) => setTimeout(next, 5));
  }
})();
