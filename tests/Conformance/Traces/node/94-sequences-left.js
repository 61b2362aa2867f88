// Streams as sequences: bodies that leave, throw, wait and destroy; steps asked for by hand; sources that fail, end early or were over before.
const { Readable, PassThrough, Transform } = require('stream');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const code = (e) => (e ? e.code || e.message : 'ok');
const o = { objectMode: true };
const watch = (s, name = 'r') => { for (const n of ['end', 'close']) s.on(n, () => log(name, n)); s.on('error', (e) => log(name, 'error', code(e))); return s; };
const source = (n, more) => { let i = 0; return watch(new Readable({ ...o, highWaterMark: 1, read() { log('read'); this.push(i < n ? ++i : null); }, ...more })); };
const walk = async (items, body, name = '') => { try { for await (const x of items) { log(name + 'item', x); if (await body(x) === 'break') break; } log(name + 'over'); } catch (e) { log(name + 'caught', code(e)); } };
const wait = (ms) => new Promise((ok) => setTimeout(ok, ms));
const steps = {
  async breaks() { const r = source(3); await walk(r, (x) => x === 2 && 'break'); log(r.destroyed, r.readableEnded, code(r.errored)); },
  async throwsInBody() { const r = source(3); await walk(r, (x) => { if (x === 2) throw new Error('body'); }); log(r.destroyed, code(r.errored)); },
  async returns() { const r = source(3); const f = async () => { for await (const x of r) { process.nextTick(say('tick')); return x; } }; log('returned', await f()); },
  async slowBody() { await walk(source(3), (x) => wait(2).then(() => log('body', x))); },
  async destroysInBody() { const r = source(3); await walk(r, (x) => { if (x === 2) { r.destroy(); log('destroyed'); } }); },
  async destroysWithErrorInBody() { const r = source(3); await walk(r, (x) => { if (x === 2) r.destroy(new Error('mine')); }); },
  async destroysWhileWaiting() { const r = watch(new Readable({ ...o, read() {} })); r.push(1); setTimeout(() => { r.destroy(new Error('late')); log('destroyed'); }, 3); await walk(r, () => {}); },
  async endsWhileWaiting() { const r = watch(new Readable({ ...o, read() {} })); r.push(1); setTimeout(() => { r.push(2); r.push(null); log('pushed'); }, 3); await walk(r, () => {}); },
  async overBefore() {
    const r = source(1); r.resume(); await wait(3); await walk(r, () => {});
    const q = watch(new Readable({ ...o, read() {} })); q.destroy(); await wait(1); await walk(q, () => {});
    const f = watch(new Readable({ ...o, read() {} })); f.destroy(new Error('before')); await wait(1); await walk(f, () => {});
    const n = watch(new Readable({ ...o, read() {} })); n.push(1); n.destroy(); await walk(n, () => {});
  },
  async byHand() {
    const r = source(3), it = r[Symbol.asyncIterator]();
    const ps = [it.next(), it.next(), it.next()];
    ps.forEach((p, i) => p.then((x) => log('step', i, x.value)));
    log('asked'); await Promise.all(ps);
    log((await it.next()).done, (await it.next()).done);
  },
  async returnedBeforeTheFirst() { const r = source(2), it = r[Symbol.asyncIterator](); log((await it.return()).done, r.destroyed, (await it.next()).done); r.destroy(); },
  async kept() {
    const r = source(4); await walk(r.iterator({ destroyOnReturn: false }), (x) => x === 2 && 'break', 'first '); log(r.destroyed);
    await walk(r.iterator({ destroyOnReturn: false }), () => { throw new Error('body'); }, 'second '); log(r.destroyed);
    await walk(r, () => {}, 'third ');
  },
  async twoAtOnce() { const r = source(4); await Promise.all([walk(r, () => {}, 'a '), walk(r, () => {}, 'b ')]); },
  async fromGenerators() {
    const g = async function* (n) { try { for (let i = 1; i <= n; i++) { log('yields', i); yield i; } throw new Error('generator'); } finally { log('finally'); } };
    await walk(watch(Readable.from(g(1))), () => {});
    const r = watch(Readable.from(g(5))); await walk(r, (x) => x === 2 && 'break'); await wait(2); log(r.destroyed);
    const q = watch(Readable.from(g(5))); q.on('data', (x) => { log('data', x); if (x === 1) q.destroy(); }); await wait(5);
    const s = watch(Readable.from((function* () { try { yield 1; yield 2; } finally { log('sync finally'); } })())); await walk(s, () => 'break'); await wait(2);
  },
  async transformed() {
    const t = watch(new Transform({ ...o, transform(c, e, cb) { setImmediate(() => cb(c === 3 ? new Error('three') : null, c * 10)); } }), 't');
    t.on('finish', say('t finish'));
    for (const n of [1, 2, 3]) t.write(n, (e) => log('taken', n, code(e)));
    t.end((e) => log('end', code(e)));
    await walk(t, () => {});
  },
  async passedOn() {
    const p = watch(new PassThrough({ ...o, highWaterMark: 1 }), 'p');
    const writes = (async () => { for (let n = 1; n <= 3; n++) { log('write', n, p.write(n)); await null; } p.end(); log('ended'); })();
    await walk(p, () => {}); await writes;
  },
  async leftByWriter() { const p = watch(new PassThrough(o), 'p'); p.on('finish', say('p finish')); p.write(1); p.end(2); await walk(p, () => 'break'); },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await wait(5); }
})();
