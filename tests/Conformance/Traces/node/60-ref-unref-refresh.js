// What holds the loop, and what refresh does.
const log = (...a) => console.log(...a);
const t1 = setTimeout(() => log('never: unref'), 1000).unref();
log('hasRef', t1.hasRef(), t1.ref().hasRef(), t1.unref().hasRef());
const closed = setTimeout(() => log('never: closed'), 50);
closed.close();
log('closed hasRef', closed.hasRef());
closed.refresh();
const again = setTimeout(() => { log('again'); if (!again.done) { again.done = true; again.refresh(); } }, 40);
const moved = setTimeout(() => log('moved'), 250);
setTimeout(() => log('before moved'), 250);
moved.refresh();
const later = setTimeout(() => log('later'), 290);
setTimeout(() => { later.refresh(); log('refreshed later'); }, 120);
setTimeout(() => log('at 350'), 350);
let n = 0;
const interval = setInterval(() => { log('interval', ++n); if (n === 2) interval.unref(); if (n === 4) log('never: nothing holds'); }, 160);
setTimeout(() => { log('fired once'); }, 380);
const fired = setTimeout(() => log('fired'), 10);
setTimeout(() => {
  log('fired hasRef', fired.hasRef());
  fired.refresh();
  log('after refresh hasRef', fired.hasRef());
}, 205);
const im = setImmediate(() => log('immediate ran'));
log('im', im.hasRef(), im.unref().hasRef(), im.ref().hasRef());
const im2 = setImmediate(() => log('unref immediate still runs'));
im2.unref();
setTimeout(() => {
  const self = setTimeout(() => log('never'), 50);
  self.unref();
  const inner = setImmediate(() => { log('inner'); clearImmediate(inner); });
}, 445);
process.on('exit', () => log('exit', n >= 2));
