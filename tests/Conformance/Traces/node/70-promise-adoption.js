// Promises that follow thenables and other promises: in which microtask each step comes.
let hop = 0;
const tick = () => { if (hop++ < 40) queueMicrotask(tick); };
const at = (name) => (value) => console.log(name, hop, value === undefined ? '' : String(value instanceof Error ? value.message : value));
const start = (name, make) => new Promise((next) => setImmediate(() => { hop = 0; queueMicrotask(tick); make(name); setTimeout(next, 1); }));
const thenable = (value) => ({ then(ok) { ok(value); } });
const failing = (message) => ({ then(ok, no) { no(new Error(message)); } });
const later = (hops, value) => hops === 0 ? Promise.resolve(value) : Promise.resolve().then(() => later(hops - 1, value));

async function main() {
  await start('await of a thenable', async (n) => { at(n)(await thenable(1)); });
  await start('resolve of a thenable', (n) => Promise.resolve(thenable(2)).then(at(n)));
  await start('resolve of a promise is the promise', (n) => { const p = Promise.resolve(3); at(n)(Promise.resolve(p) === p); });
  await start('race, thenable first', (n) => Promise.race([thenable('t'), Promise.resolve('p')]).then(at(n)));
  await start('race, thenable only', (n) => Promise.race([thenable('t'), new Promise(() => {})]).then(at(n)));
  await start('race, failing thenable and a slow promise', (n) => Promise.race([failing('f'), later(3, 'p')]).catch(at(n)));
  await start('any, thenables', (n) => Promise.any([failing('f'), thenable('t'), later(4, 'p')]).then(at(n)));
  await start('any, all fail', (n) => Promise.any([failing('f'), Promise.reject(new Error('g'))])
    .catch((e) => at(n)(e.errors.map((x) => x.message).join())));
  await start('any of none', (n) => Promise.any([]).catch(at(n)));
  await start('all, mixed', (n) => Promise.all([thenable('t'), later(2, 'l'), Promise.resolve('p')]).then(at(n)));
  await start('allSettled, mixed', (n) => Promise.allSettled([failing('f'), thenable('t'), Promise.resolve('p')])
    .then((all) => at(n)(all.map((s) => s.status).join())));
  await start('all of alls', (n) => Promise.all([Promise.all([later(1, 'a')]), Promise.all([])]).then((v) => at(n)(v.length)));
  await start('race of none never settles', (n) => { Promise.race([]).then(at(n)); at(n)('said'); });
  await start('resolved with a promise that is resolved with a promise', (n) =>
    new Promise((r) => r(new Promise((q) => q(Promise.resolve('deep'))))).then(at(n)));
  await start('resolved with a pending promise', (n) => {
    let go;
    const source = new Promise((r) => { go = r; });
    new Promise((r) => r(source)).then(at(n));
    source.then(at('its source'));
    later(3).then(() => go('now'));
  });
  await start('resolved with a rejected promise', (n) => new Promise((r) => r(Promise.reject(new Error('no')))).catch(at(n)));
  await start('thenable throws after it answered', (n) =>
    new Promise((r) => r({ then(ok) { ok('kept'); throw new Error('lost'); } })).then(at(n), at(n)));
  await start('thenable throws', (n) => new Promise((r) => r({ then() { throw new Error('thrown'); } })).then(at(n), at(n)));
  await start('thenable answers twice', (n) =>
    new Promise((r) => r({ then(ok, no) { no(new Error('first')); ok('second'); } })).then(at(n), at(n)));
  await start('finally gives a promise', (n) => Promise.resolve(5).finally(() => later(2)).then(at(n)));
  await start('finally of a rejection gives a promise', (n) => Promise.reject(new Error('r')).finally(() => later(1)).catch(at(n)));
  await start('finally gives a rejection', (n) => Promise.resolve(5).finally(() => Promise.reject(new Error('instead'))).catch(at(n)));
  await start('finally throws', (n) => Promise.resolve(5).finally(() => { throw new Error('thrown'); }).then(at(n), at(n)));
  await start('catch gives a promise', (n) => Promise.reject(new Error('x')).catch(() => later(1, 'saved')).then(at(n)));
  await start('second function of then gives a value', (n) =>
    Promise.reject(new Error('x')).then(() => 'no', (e) => e.message + '!').then(at(n)));
  await start('then of a promise without a value gives a promise', (n) => later(0).then(() => later(2, 'v')).then(at(n)));
  await start('then of an async function', (n) => later(0).then(async () => { await null; at('inside')(); }).then(at(n)));
  await start('all of async functions', (n) => {
    const work = async (k) => { for (let i = 0; i < k; i++) await null; };
    Promise.all([work(1), work(3), work(0)]).then(() => at(n)());
  });
  await start('one promise, many who wait', async (n) => {
    const p = later(2, 'p');
    const wait = async (k) => { const v = await p; at(n + ' ' + k)(v); };
    p.then(at('then 1'));
    wait('a');
    p.finally(at('finally'));
    await Promise.all([wait('b'), p]);
    at('all waited')();
  });
  await start('finally blocks of async functions', async (n) => {
    const inner = async () => { try { await null; throw new Error('inner'); } finally { await null; at('cleaned')(); } };
    const outer = async () => { try { await inner(); } catch (e) { await null; at('caught')(e); return 'out'; } finally { at('outer')(); } };
    at(n)(await outer());
  });
  await start('chains in step', (n) => {
    for (const name of 'abc') later(0).then(at(name + 1)).then(at(name + 2)).then(() => later(0)).then(at(name + 3));
  });
}
main();
