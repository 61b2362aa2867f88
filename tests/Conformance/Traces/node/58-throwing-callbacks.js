// What an uncaught exception of one callback does to the callbacks and ticks after it.
const fs = require('fs');
process.on('uncaughtException', (e, origin) => console.log('uncaught', e.message, origin));
const tick = (name) => process.nextTick(() => console.log('tick of', name));
const micro = (name) => Promise.resolve().then(() => console.log('micro of', name));
const fail = (name) => { tick(name); micro(name); throw new Error(name); };
const steps = [
  function immediates(done) {
    setImmediate(() => { console.log('immediate 1'); tick('immediate 1'); });
    setImmediate(() => fail('immediate 2'));
    setImmediate(() => { console.log('immediate 3'); tick('immediate 3'); });
    setImmediate(() => console.log('immediate 4'));
    setImmediate(() => setImmediate(done));
  },
  function lastImmediate(done) {
    setImmediate(() => {
      setTimeout(() => { console.log('timer after it'); tick('timer after it'); }, 1);
      const s = Date.now();
      while (Date.now() - s < 5);
      fail('only immediate');
    });
    setTimeout(done, 40);
  },
  function timers(done) {
    const s = Date.now();
    setTimeout(() => { console.log('timer 1'); tick('timer 1'); }, 5);
    setTimeout(() => fail('timer 2'), 5);
    setTimeout(() => { console.log('timer 3'); tick('timer 3'); }, 5);
    setTimeout(() => fail('timer 4'), 6);
    setTimeout(() => { console.log('timer 5'); tick('timer 5'); }, 7);
    setTimeout(() => fail('timer 6'), 7);
    setTimeout(done, 40);
    while (Date.now() - s < 20);
  },
  function ticks(done) {
    process.nextTick(() => { console.log('tick 1'); });
    process.nextTick(() => fail('tick 2'));
    process.nextTick(() => { console.log('tick 3'); micro('tick 3'); });
    setImmediate(() => { console.log('immediate'); tick('immediate'); });
    setTimeout(done, 40);
  },
  function ticksOfImmediates(done) {
    setImmediate(() => { process.nextTick(() => fail('tick a')); process.nextTick(() => console.log('tick b')); });
    setImmediate(() => console.log('immediate after'));
    setImmediate(() => { console.log('immediate last'); setTimeout(done, 40); });
  },
  function microtasks(done) {
    queueMicrotask(() => console.log('microtask 1'));
    queueMicrotask(() => fail('microtask 2'));
    queueMicrotask(() => { console.log('microtask 3'); tick('microtask 3'); });
    setTimeout(done, 40);
  },
  function poll(done) {
    fs.stat(__filename, () => fail('stat'));
    setTimeout(() => { setImmediate(() => console.log('immediate after stat')); setTimeout(done, 40); }, 40);
  },
  function rejections(done) {
    Promise.reject(new Error('rejected 1'));
    Promise.reject(new Error('rejected 2'));
    process.nextTick(() => console.log('tick before rejections'));
    setImmediate(() => { console.log('immediate'); Promise.reject(new Error('rejected 3')); });
    setImmediate(() => console.log('immediate later'));
    setTimeout(done, 40);
  },
  function interval(done) {
    let n = 0;
    const i = setInterval(() => {
      n++;
      if (n === 3) { clearInterval(i); setTimeout(done, 40); }
      throw new Error('interval ' + n);
    }, 5);
  },
];
(function next() {
  const step = steps.shift();
  if (!step) return;
  console.log('--', step.name);
  step(next);
})();
