// Asynchronous generators among microtasks: what an item, an end, an error and a break take, with and without awaits of their own.
const timers = require('timers/promises');
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const hops = (n) => { for (let i = 1, p = Promise.resolve(); i <= n; i++) p = p.then(() => log('hop', i)); };
const walk = async (name, items, body = () => {}) => {
  try { for await (const x of items) { log(name, 'got', x); if ((await body(x)) === 'break') break; } log(name, 'over'); } catch (e) { log(name, 'caught', e.message); }
};
const bare = async (name, items) => { for await (const x of items) log(name, 'got', x); log(name, 'over'); };
async function* plain(n, name) { try { for (let i = 0; i < n; i++) { log(name, i); yield i; } log(name, 'last'); } finally { log(name, 'finally'); } }
async function* waits(n, name) { try { for (let i = 0; i < n; i++) { await null; if (i === 1) await Promise.resolve().then(() => {}); log(name, i); yield i; } await null; } finally { await null; log(name, 'finally'); } }
async function* fails(name, late) { yield 1; if (late) await null; throw new Error(name); }
const steps = {
  async items() { bare('a', plain(2, 'a')); bare('b', plain(3, 'b')); hops(8); },
  async breaks() { walk('a', plain(3, 'a'), (x) => x === 1 && 'break'); walk('b', waits(3, 'b'), (x) => x === 1 && 'break'); hops(14); },
  async bodyThrows() { walk('a', plain(2, 'a'), () => { throw new Error('body'); }); walk('b', waits(2, 'b'), () => { throw new Error('body'); }); hops(9); },
  async awaiting() { bare('a', waits(2, 'a')); bare('b', waits(0, 'b')); hops(12); },
  async failing() { walk('a', fails('early')); walk('b', fails('late', true)); hops(9); },
  async amongTicks() {
    process.nextTick(say('tick')); queueMicrotask(say('micro'));
    bare('a', (async function* () { process.nextTick(say('tick of a')); yield 1; queueMicrotask(say('micro of a')); yield 2; })());
    setImmediate(say('immediate'));
  },
  async timed() {
    async function* slow() { for (let i = 0; i < 2; i++) { await timers.setTimeout(5); yield i; process.nextTick(say('tick after ' + i)); } }
    await Promise.all([bare('a', slow()), bare('b', plain(1, 'b'))]); log('all');
  },
  async nested() {
    async function* outer() { for await (const x of plain(2, 'inner')) yield x * 10; yield 'own'; }
    bare('a', outer()); hops(16);
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await timers.setTimeout(20); }
})();
