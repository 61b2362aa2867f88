// Ticks, microtasks, immediates, timers, ports and promises' combinators in each other, in programs that no rule was written for.
const { MessageChannel } = require('worker_threads');
const fs = require('fs');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const tick = process.nextTick, micro = queueMicrotask, soon = setImmediate;
const turn = () => new Promise((ok) => soon(ok));
const spin = (ms) => { const s = Date.now(); while (Date.now() - s < ms); };
const steps = {
  async nestedFour() {
    soon(() => { log('i1'); tick(() => { log('i1.t'); micro(() => { log('i1.t.m'); tick(() => { log('i1.t.m.t'); soon(say('i1.t.m.t.i')); }); }); tick(say('i1.t.t')); }); micro(say('i1.m')); });
    soon(() => { log('i2'); micro(() => { log('i2.m'); soon(say('i2.m.i')); }); });
    await turn(); await turn(); await turn();
  },
  async combinators() {
    const slow = (n, v) => { let p = Promise.resolve(v); while (n-- > 0) p = p.then((x) => x); return p; };
    const joined = (...p) => Promise.all(p).then((v) => v.join());
    const bad = (n, m) => slow(n).then(() => { throw new Error(m); });
    Promise.all([slow(3, 'a'), Promise.race([slow(5), slow(2, 'b')]), Promise.any([bad(1, 'x'), slow(4, 'c')])]).then((v) => log('all', v.join()));
    Promise.race([joined(slow(2), bad(1, 'first')), slow(4, 'r')]).then((v) => log('race', v), (e) => log('race', e.message));
    Promise.allSettled([bad(3, 's'), slow(1, 't'), joined()]).then((v) => log('settled', v.map((x) => x.status[0]).join('')));
    Promise.any([bad(2, 'p'), joined(bad(0, 'q'))]).catch((e) => log('any', e.errors.map((x) => x.message).join()));
    for (let i = 1; i <= 9; i++) slow(i - 1).then(() => log('hop', i));
    await turn();
  },
  async awaitsAmongTicks() {
    const f = async (n) => { for (let i = 0; i < 3; i++) { log(n, i); if (i === 1) tick(say(n + ' tick')); await (n === 'a' ? null : Promise.resolve().then(() => {})); } return n; };
    soon(() => { f('a').then((v) => log(v, 'done')); f('b').then((v) => log(v, 'done')); tick(say('first tick')); log('sync'); });
    await turn(); await turn();
  },
  async loopsOfAwaits() {
    const r = [];
    await Promise.all([1, 2, 3].map(async (n) => { for (let i = 0; i < n; i++) { await null; r.push(n + '.' + i); } if (n === 2) await new Promise((ok) => tick(ok)); r.push(n + ' ends'); }));
    log(r.join(' '));
  },
  async timersAndImmediates() {
    await turn();
    setTimeout(() => { log('t1'); soon(() => { log('t1.i'); setTimeout(say('t1.i.t'), 1); }); tick(say('t1.tick')); }, 1);
    setTimeout(() => { log('t2'); micro(say('t2.m')); soon(say('t2.i')); setTimeout(say('t2.t'), 1); spin(3); }, 1);
    spin(5);
    soon(() => { log('i'); spin(3); });
    await new Promise((ok) => setTimeout(ok, 40));
  },
  async cancelled() {
    const i = soon(say('never')), t = setTimeout(say('never'), 50);
    soon(() => { const a = soon(say('never')); const b = soon(() => { log('b'); clearImmediate(c); clearImmediate(b); }); const c = soon(say('never')); micro(() => clearImmediate(a)); tick(() => { clearTimeout(t); log('cleared'); }); });
    clearImmediate(i);
    await new Promise((ok) => setTimeout(ok, 80));
  },
  async ports() {
    const { port1, port2 } = new MessageChannel();
    port2.on('message', (m) => { log('message', m); tick(say('tick of ' + m)); micro(say('micro of ' + m)); if (m === 1) soon(say('immediate of 1')); if (m === 3) port2.close(); });
    port2.on('close', say('close'));
    for (const n of [1, 2, 3]) port1.postMessage(n);
    tick(say('tick')); soon(say('immediate'));
    await new Promise((ok) => setTimeout(ok, 30));
  },
  async pool() {
    await new Promise((ok) => fs.stat(__filename, () => {
      log('stat'); setTimeout(say('timer'), 0); soon(() => { log('immediate'); tick(say('tick of immediate')); }); tick(() => { log('tick'); micro(say('micro of tick')); }); micro(() => { log('micro'); tick(say('tick of micro')); });
      spin(3); setTimeout(ok, 5);
    }));
  },
  async thrown() {
    const caught = (e) => { log('uncaught', e.message); tick(say('tick of uncaught')); micro(say('micro of uncaught')); soon(say('immediate of uncaught')); };
    process.on('uncaughtException', caught);
    soon(() => { tick(() => { log('t1'); throw new Error('in a tick'); }); tick(say('t2')); micro(say('m1')); soon(say('i of i')); });
    soon(say('next immediate'));
    await new Promise((ok) => setTimeout(ok, 10));
    soon(() => { micro(() => { log('m1'); throw new Error('in a microtask'); }); micro(say('m2')); tick(say('t1')); Promise.resolve().then(say('p')); });
    soon(say('next immediate'));
    await new Promise((ok) => setTimeout(ok, 10));
    process.off('uncaughtException', caught);
  },
  async rejectedAndMended() {
    const told = (e) => log('unhandled', e.message);
    process.on('unhandledRejection', told);
    process.on('rejectionHandled', say('handled late'));
    soon(() => { const p = Promise.reject(new Error('a')); tick(() => tick(() => micro(() => p.catch(say('caught a'))))); const q = Promise.reject(new Error('b')); soon(() => q.catch(say('caught b'))); micro(() => { Promise.reject(new Error('c')); tick(say('tick')); }); });
    soon(say('next immediate'));
    await new Promise((ok) => setTimeout(ok, 10));
    process.off('unhandledRejection', told);
  },
  async finallyChains() {
    const f = async () => { try { return 'try'; } finally { await null; log('finally'); tick(say('tick')); } };
    const g = async () => { try { await f(); throw new Error('x'); } catch (e) { return e.message; } finally { log('g finally'); } };
    Promise.resolve(1).finally(() => { log('one'); return g(); }).then((v) => log('then', v)).finally(say('last'));
    await f(); log('awaited f'); log(await g());
    await turn();
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await new Promise((ok) => setTimeout(ok, 10)); }
})();
