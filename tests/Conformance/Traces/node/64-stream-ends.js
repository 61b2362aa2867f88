// In which order end, finish, close and error come, and finished's callbacks among them.
const { Readable, Writable, Duplex, Transform, PassThrough, finished } = require('stream');
const log = (...a) => console.log(...a);
const watch = (name, s) => {
  for (const e of ['end', 'prefinish', 'finish', 'error', 'close']) s.on(e, (a) => log(name, e, a instanceof Error ? a.message : ''));
  finished(s, (e) => log(name, 'finished', e ? e.code || e.message : 'ok'));
  return s;
};
const duplex = (o) => new Duplex({ read() {}, write(c, e, cb) { cb(); }, ...o });
const steps = {
  endThenFinish() { const d = watch('d', duplex()); d.resume(); d.push(null); setImmediate(() => d.end()); },
  finishThenEnd() { const d = watch('d', duplex()); d.resume(); d.end(() => log('end callback')); setImmediate(() => d.push(null)); },
  noHalfOpen() { const d = watch('d', duplex({ allowHalfOpen: false })); d.resume(); d.push(null); },
  noAutoDestroy() { const d = watch('d', duplex({ autoDestroy: false })); d.resume(); d.push(null); d.end(); },
  noEmitClose() { const d = watch('d', duplex({ emitClose: false })); d.resume(); d.push(null); d.end(); },
  destroyed() { const d = watch('d', duplex()); d.destroy(); log('sync', d.destroyed, d.closed); },
  destroyedWithError() { const d = watch('d', duplex()); d.destroy(new Error('e1')); d.destroy(new Error('e2')); log(d.errored.message); },
  destroyCallsBackLater() {
    const d = watch('d', duplex({ destroy(e, cb) { log('destroy', e && e.message); setImmediate(cb, new Error('from destroy')); } }));
    d.destroy();
  },
  finalFails() { const w = watch('w', new Writable({ write(c, e, cb) { cb(); }, final(cb) { cb(new Error('final')); } })); w.end('x', (e) => log('cb', e && e.message)); },
  finalLater() {
    const w = watch('w', new Writable({ write(c, e, cb) { log('write'); setImmediate(cb); }, final(cb) { log('final'); setTimeout(cb, 2); } }));
    w.write('a', () => log('a done')); w.end('b', () => log('ended'));
  },
  destroyWhileWriting() {
    const w = watch('w', new Writable({ write(c, e, cb) { setTimeout(cb, 5); } }));
    w.write('a', (e) => log('a', e ? e.code : 'ok')); w.write('b', (e) => log('b', e ? e.code : 'ok'));
    w.end((e) => log('end', e ? e.code : 'ok'));
    w.destroy();
  },
  writeAfterDestroy() {
    const w = watch('w', new Writable({ write(c, e, cb) { cb(); } }));
    w.destroy();
    log('write', w.write('x', (e) => log('cb', e.code)));
    w.end((e) => log('end', e.code));
  },
  pushAfterEnd() { const r = watch('r', new Readable({ read() {} })); r.push(null); r.push('late'); r.resume(); },
  readThrows() { const r = watch('r', new Readable({ read() { throw new Error('read') } })); r.resume(); },
  writeThrows() {
    const w = watch('w', new Writable({ write() { throw new Error('write') } }));
    try { w.write('x'); } catch (e) { log('thrown', e.message); }
    w.destroy();
  },
  transform() {
    const t = watch('t', new Transform({ transform(c, e, cb) { cb(null, c + '!'); }, flush(cb) { this.push('tail'); cb(); } }));
    t.on('data', (d) => log('data', String(d)));
    t.write('a'); t.end('b');
  },
  transformFlushFails() { const t = watch('t', new Transform({ transform(c, e, cb) { cb(); }, flush(cb) { cb(new Error('flush')); } })); t.resume(); t.end('b'); },
  passThroughUnread() { const p = watch('p', new PassThrough()); p.end('x'); setTimeout(() => { log('reads'); p.resume(); }, 5); },
  construct() {
    const w = watch('w', new Writable({ construct(cb) { log('construct'); setTimeout(cb, 2); }, write(c, e, cb) { log('write', String(c)); cb(); } }));
    w.write('a'); w.end(); log('ended early');
  },
  constructFails() { const w = watch('w', new Writable({ construct(cb) { cb(new Error('construct')); }, write(c, e, cb) { cb(); } })); w.write('a', (e) => log('cb', e.message)); },
  signal() {
    const ac = new AbortController();
    const r = watch('r', new Readable({ read() {}, signal: ac.signal }));
    r.resume();
    setImmediate(() => { ac.abort(); log('aborted', r.destroyed); });
  },
  errorInEnd() { const r = watch('r', Readable.from(['a'])); r.on('end', () => r.destroy(new Error('too late'))); r.resume(); },
  destroyInFinish() { const d = watch('d', duplex()); d.on('finish', () => d.destroy()); d.resume(); d.end(); },
  closeListenerDestroys() { const d = watch('d', duplex()); d.on('close', () => { d.destroy(new Error('no')); log('in close'); }); d.destroy(); },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); steps[name](); await new Promise((r) => setTimeout(r, 15)); }
})();
