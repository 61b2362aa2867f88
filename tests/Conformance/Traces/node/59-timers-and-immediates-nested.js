// Timers, immediates, ticks and promises started from each other's callbacks.
const log = (s) => console.log(s);
const spin = (ms) => { const s = Date.now(); while (Date.now() - s < ms); };
const steps = [
  (done) => {
    setImmediate(() => {
      log('immediate');
      setTimeout(() => log('timer of immediate'), 0);
      setImmediate(() => { log('immediate of immediate'); setTimeout(done, 20); });
      spin(5);
    });
  },
  (done) => {
    setTimeout(() => {
      log('timer a');
      setTimeout(() => log('timer of a, 0'), 0);
      setTimeout(() => log('timer of a, 2'), 2);
      setImmediate(() => log('immediate of a'));
      process.nextTick(() => log('tick of a'));
      Promise.resolve().then(() => { log('micro of a'); process.nextTick(() => log('tick of micro of a')); });
      spin(10);
    }, 5);
    setTimeout(() => { log('timer b'); setImmediate(() => log('immediate of b')); }, 5);
    setTimeout(() => log('timer c'), 6);
    setTimeout(done, 60);
    spin(10);
  },
  (done) => {
    const first = setTimeout(() => log('first'), 5);
    setTimeout(() => { log('clears'); clearTimeout(first); setTimeout(() => log('same list again'), 5); }, 5);
    setTimeout(() => log('stays'), 5);
    clearTimeout(setTimeout(() => log('never'), 5));
    setTimeout(done, 60);
    spin(10);
  },
  (done) => {
    // The list of a duration is made anew when it has run empty.
    setTimeout(() => { log('4 first'); setTimeout(() => log('4 second'), 4); setTimeout(() => log('3'), 3); spin(8); }, 4);
    setTimeout(done, 60);
  },
  (done) => {
    const t = [];
    for (const d of [3, 1, 2, 1, 3, 2]) setTimeout(() => log('d' + d + '#' + t.push(d)), d);
    spin(10);
    setTimeout(done, 30);
  },
  (done) => {
    (async () => {
      log('async starts');
      await null;
      setImmediate(() => log('immediate of async'));
      process.nextTick(() => log('tick of async'));
      await null;
      log('async goes on');
      await new Promise((r) => setImmediate(r));
      log('after immediate');
      await new Promise((r) => setTimeout(r, 5));
      log('after timer');
      done();
    })();
    log('started');
  },
];
(function next() {
  const step = steps.shift();
  if (!step) return;
  log('-- ' + (6 - steps.length));
  step(next);
})();
