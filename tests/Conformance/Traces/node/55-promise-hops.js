// How many microtasks each step of a promise chain takes: a counter ticks once a microtask and tells when each step happens.
let hop = 0;
function tick() {
  if (hop++ < 40) queueMicrotask(tick);
}
const at = (name) => (value) => console.log(name, hop, value === undefined ? '' : String(value instanceof Error ? value.message : value));
const start = (name, make) => new Promise((next) => {
  setImmediate(() => {
    hop = 0;
    queueMicrotask(tick);
    make(name);
    setTimeout(next, 1);
  });
});

async function main() {
  await start('then of a value', (n) => Promise.resolve(1).then(at(n)));
  await start('then of then', (n) => Promise.resolve(1).then((v) => v + 1).then(at(n)));
  await start('then returns a promise', (n) => Promise.resolve(1).then(() => Promise.resolve(2)).then(at(n)));
  await start('new promise resolved with a promise', (n) => new Promise((r) => r(Promise.resolve(3))).then(at(n)));
  await start('catch passes a value', (n) => Promise.resolve(4).catch(() => 0).then(at(n)));
  await start('then passes an error', (n) => Promise.reject(new Error('e')).then(() => 0).catch(at(n)));
  await start('finally passes a value', (n) => Promise.resolve(5).finally(() => {}).then(at(n)));
  await start('finally passes an error', (n) => Promise.reject(new Error('f')).finally(() => {}).catch(at(n)));
  await start('thenable', (n) => new Promise((r) => r({ then(ok) { at('thenable called')(); ok(6); } })).then(at(n)));
  await start('async function, value', (n) => (async () => 7)().then(at(n)));
  await start('async function, await inside', (n) => (async () => { await 0; return 8; })().then(at(n)));
  await start('async function throws after await', (n) => (async () => { await 0; throw new Error('g'); })().catch(at(n)));
  await start('await of an async function', async (n) => { await (async () => 9)(); at(n)(); });
  await start('three awaits', async (n) => { await 1; await 2; await 3; at(n)(); });
  await start('all of two', (n) => Promise.all([Promise.resolve(1), Promise.resolve(2)]).then(at(n)));
  await start('all of none', (n) => Promise.all([]).then(at(n)));
  await start('all with a rejection', (n) => Promise.all([Promise.resolve(1), Promise.reject(new Error('h'))]).catch(at(n)));
  await start('race of two', (n) => Promise.race([Promise.resolve('a'), Promise.resolve('b')]).then(at(n)));
  await start('any after a rejection', (n) => Promise.any([Promise.reject(new Error('i')), Promise.resolve('c')]).then(at(n)));
  await start('allSettled', (n) => Promise.allSettled([Promise.reject(new Error('j')), Promise.resolve(1)]).then((v) => at(n)(v.length)));
  await start('settled twice', (n) => new Promise((ok, no) => { ok('first'); no(new Error('k')); ok('second'); }).then(at(n)));
  await start('throw after resolve', (n) => new Promise((ok) => { ok('kept'); throw new Error('l'); }).then(at(n)));
  await start('executor throws', (n) => new Promise(() => { throw new Error('m'); }).catch(at(n)));
  await start('handlers in order', (n) => {
    const p = Promise.resolve();
    p.then(() => { at('first')(); p.then(() => at('third')()); });
    p.then(() => at('second')());
  });
}
main();
