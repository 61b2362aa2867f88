// Timers and intervals that are started, cleared and refreshed by their own callbacks and by others of their list.
const log = (...a) => console.log(...a);
const spin = (ms) => { const s = Date.now(); while (Date.now() - s < ms); };
const steps = {
  intervalClearsItself(done) {
    let n = 0;
    const i = setInterval(() => { log('interval', ++n); if (n === 3) { clearInterval(i); log('cleared'); setTimeout(done, 30); } }, 10);
  },
  intervalStartedAnew(done) {
    let n = 0, i;
    const begin = (name) => { i = setInterval(() => {
      log(name, ++n);
      if (n === 2) { clearInterval(i); begin('second'); }
      if (n === 4) { clearInterval(i); setTimeout(done, 30); }
    }, 10); };
    begin('first');
  },
  intervalRefreshed(done) {
    let n = 0;
    const i = setInterval(() => { log('interval', ++n); if (n === 2) clearInterval(i); }, 150);
    setTimeout(() => { i.refresh(); log('refreshed'); }, 100);
    setTimeout(() => log('200'), 200);
    setTimeout(() => log('325'), 325);
    setTimeout(done, 500);
  },
  refreshInItsCallback(done) {
    let n = 0;
    const t = setTimeout(() => { log('run', ++n); if (n < 3) t.refresh(); log('has ref', t.hasRef()); }, 20);
    setTimeout(done, 150);
  },
  clearThenRefresh(done) {
    const t = setTimeout(() => log('never'), 5);
    clearTimeout(t);
    t.refresh();
    const u = setTimeout(() => { log('once'); clearTimeout(u); u.refresh(); }, 10);
    setTimeout(done, 60);
  },
  sameListGrows(done) {
    let n = 0;
    const again = (name) => () => { log(name, n++); if (n < 6) setTimeout(again(name + "'"), 10); };
    setTimeout(again('a'), 10);
    setTimeout(again('b'), 10);
    setTimeout(() => { log('c clears d'); clearTimeout(d); }, 10);
    const d = setTimeout(() => log('never'), 10);
    setTimeout(done, 100);
  },
  clearFromTickAndMicrotask(done) {
    setTimeout(() => { log('a'); process.nextTick(() => { clearTimeout(b); log('tick'); }); }, 10);
    const b = setTimeout(() => log('never'), 10);
    setTimeout(() => { log('c'); Promise.resolve().then(() => { clearTimeout(d); log('micro'); }); }, 10);
    const d = setTimeout(() => log('never'), 10);
    setTimeout(() => log('e'), 10);
    setTimeout(done, 60);
    spin(20);
  },
  lateTimersOfSeveralLists(done) {
    setTimeout(() => log('30'), 30);
    setTimeout(() => log('20'), 20);
    setTimeout(() => { log('10'); setTimeout(() => log('1 of 10'), 1); setTimeout(() => log('20 of 10'), 20); }, 10);
    setTimeout(() => log('another 20'), 20);
    setTimeout(() => log('another 10'), 10);
    spin(60);
    setTimeout(done, 100);
  },
  listsMadeInTime(done) {
    setTimeout(() => log('a 400'), 400);
    spin(120);
    setTimeout(() => log('b 350'), 350);
    spin(120);
    setTimeout(() => log('c 11'), 11);
    setTimeout(() => log('d 400'), 400);
    spin(500);
    setTimeout(done, 100);
  },
  zeroOneAndOdd(done) {
    setTimeout(() => log('1'), 1);
    setTimeout(() => log('0'), 0);
    setTimeout(() => log('-5'), -5);
    setTimeout(() => log('NaN'), NaN);
    setTimeout(() => log('1.9'), 1.9);
    setTimeout(() => log('2'), 2);
    setTimeout(() => log('0.5'), 0.5);
    setTimeout(() => log('2^31'), 2 ** 31);
    spin(10);
    setTimeout(done, 60);
  },
  immediatesAndTimers(done) {
    setImmediate(() => {
      setImmediate(() => { log('immediate 1'); clearImmediate(third); });
      setImmediate(() => { log('immediate 2'); setImmediate(() => log('immediate of 2')); process.nextTick(() => log('tick of 2')); });
      const third = setImmediate(() => log('never'));
      setImmediate(() => { log('immediate 4'); queueMicrotask(() => { log('micro of 4'); setImmediate(() => log('immediate of micro')); }); });
    });
    setTimeout(done, 60);
  },
  unrefInterval(done) {
    let n = 0;
    const i = setInterval(() => log('unref', ++n), 50);
    i.unref();
    setTimeout(() => { i.ref(); log('ref'); }, 75);
    setTimeout(() => { clearInterval(i); done(); }, 170);
  },
  promises(done) {
    const { setTimeout: wait, setImmediate: turn, setInterval: every } = require('timers/promises');
    (async () => {
      const ac = new AbortController();
      const p = wait(20, 'value', { signal: ac.signal });
      p.catch((e) => log('aborted', e.name, e.code));
      queueMicrotask(() => { log('aborts'); ac.abort(); });
      log(await wait(5, 'waited'));
      setImmediate(() => log('immediate before'));
      log(await turn('turned'));
      await wait(5, null, { signal: AbortSignal.abort() }).catch((e) => log(e.name));
      let n = 0;
      for await (const v of every(10, 'v')) { log('every', ++n); if (n === 3) break; }
      log('left');
      done();
    })();
  },
};
const names = Object.keys(steps);
(function next() {
  const name = names.shift();
  if (!name) return;
  log('--', name);
  steps[name](next);
})();
setTimeout(() => log('never: unref'), 1e6).unref();
process.on('warning', (w) => log(w.name));
process.on('exit', (c) => log('exit', c));
