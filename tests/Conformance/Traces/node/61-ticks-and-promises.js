// Ticks, microtasks, async functions.
const log = (s) => console.log(s);
const tick = process.nextTick;
log('start');
tick(() => {
  log('t1');
  Promise.resolve().then(() => { log('t1.m1'); tick(() => { log('t1.m1.t1'); queueMicrotask(() => log('t1.m1.t1.m')); }); })
    .then(() => log('t1.m2'));
  tick(() => log('t1.t1'));
});
tick(() => { log('t2'); queueMicrotask(() => { log('t2.m1'); queueMicrotask(() => log('t2.m1.m')); tick(() => log('t2.m1.t')); }); });
queueMicrotask(() => { log('m1'); tick(() => log('m1.t')); queueMicrotask(() => log('m1.m')); });
(async () => {
  log('a1');
  await undefined;
  log('a2');
  await new Promise((r) => tick(r));
  log('a3');
  try { await Promise.reject(new Error('no')); } catch (e) { log('a4 ' + e.message); }
  await (async () => { log('inner'); await 1; log('inner 2'); })();
  log('a5');
  await { then(r) { log('thenable'); r(); } };
  log('a6');
})().then(() => log('async done'));
new Promise((r) => { log('executor'); r(); log('executor goes on'); }).then(() => log('p1')).finally(() => log('p2')).then(() => log('p3'));
let depth = 0;
(function recurse() { if (depth++ < 3) tick(() => { log('depth ' + depth); recurse(); }); })();
let chain = Promise.resolve();
for (let i = 0; i < 4; i++) chain = chain.then(() => log('chain ' + i));
setImmediate(() => {
  log('immediate');
  tick(() => log('immediate.t'));
  (async () => { await null; log('immediate.async'); tick(() => log('immediate.async.t')); await null; log('immediate.async 2'); })();
});
setImmediate(() => {
  log('immediate 2');
  Promise.all([1, Promise.resolve(2)]).then(() => log('all'));
  Promise.race([new Promise(() => {}), Promise.resolve(1)]).then(() => log('race'));
  Promise.any([Promise.reject(new Error('x')), Promise.resolve(1)]).then(() => log('any'));
  Promise.allSettled([Promise.reject(new Error('x')), 1]).then(() => log('allSettled'));
  Promise.resolve().then(() => log('q1')).then(() => log('q2')).then(() => log('q3')).then(() => log('q4'));
  const r = Promise.reject(new Error('caught in a tick'));
  tick(() => r.catch((e) => log(e.message)));
  async function throws() { throw new Error('thrown'); }
  throws().catch((e) => log(e.message));
  async function late() { await null; throw new Error('thrown late'); }
  late().then(() => log('never'), (e) => log(e.message));
});
log('end');
