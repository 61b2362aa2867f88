// Files: where the answers come among ticks, microtasks, immediates and timers; handles that are closed; streams that are left, stopped and fail.
const fs = require('fs'), os = require('os'), path = require('path');
const { open, readFile, writeFile, stat, mkdir, readdir, rename, unlink, rm, copyFile, appendFile, truncate, access, rmdir } = fs.promises;
const { pipeline } = require('stream');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'trace-'));
const at = (n) => path.join(dir, n);
const log = (...a) => console.log(...a);
const say = (text) => () => log(text);
const code = (e) => (e ? e.code || e.message : 'ok');
const wait = (ms) => new Promise((ok) => setTimeout(ok, 5 * ms));
const watch = (s, name) => { for (const n of ['open', 'ready', 'end', 'finish', 'close']) s.on(n, () => log(name, n)); s.on('error', (e) => log(name, 'error', e.code || e.message)); return s; };
const closed = (s) => new Promise((ok) => s.on('close', () => setImmediate(ok)));
const steps = {
  async answers() {
    await new Promise((ok) => fs.stat(dir, () => { log('callback'); process.nextTick(say('tick')); queueMicrotask(say('micro')); setImmediate(() => { log('immediate'); ok(); }); }));
    await stat(dir).then(() => { log('promise'); process.nextTick(say('tick')); queueMicrotask(say('micro')); });
    await wait(5);
    const inIt = async () => { await stat(dir); log('awaited'); setImmediate(say('immediate')); await null; log('micro'); await stat(dir); log('again'); };
    await inIt();
  },
  async errors() {
    for (const [n, f] of Object.entries({
      read: () => readFile(at('none')), write: () => writeFile(dir, 'x'), append: () => appendFile(at('none/x'), 'x'), open: () => open(at('none')),
      exclusive: async () => { await (await open(at('ex'), 'wx')).close(); await open(at('ex'), 'wx'); }, mkdir: () => mkdir(dir), deep: () => mkdir(at('a/b/c')),
      unlink: () => unlink(at('none')), rename: () => rename(at('none'), at('x')), readdir: () => readdir(at('none')), readdirOfFile: () => readdir(at('ex')), rmdir: () => rmdir(dir),
      rm: () => rm(at('none')), forced: () => rm(at('none'), { force: true }), copy: () => copyFile(at('none'), at('x')), copyOver: () => copyFile(at('ex'), at('ex2'), 0).then(() => copyFile(at('ex'), at('ex2'), fs.constants.COPYFILE_EXCL)),
      truncate: () => truncate(at('none')), access: () => access(at('none')), readOfDir: () => readFile(dir) }))
      await f().then(() => log(n, 'ok'), (e) => log(n, e.code));
  },
  async handles() {
    const h = await open(at('h'), 'w+');
    h.on('close', say('close event'));
    log((await h.write(Buffer.from('hello world'))).bytesWritten, (await h.write(Buffer.from('W'), 0, 1, 6)).bytesWritten);
    const b = Buffer.alloc(5);
    log((await h.read(b, 0, 5, 0)).bytesRead, String(b), (await h.read(b, 0, 5, null)).bytesRead, (await h.read(b, 0, 5, 100)).bytesRead);
    await h.truncate(3); log((await h.stat()).size);
    const read = h.read(b, 0, 3, 0), left = h.close().then(say('closed')), still = h.read(b, 0, 2, 0);
    log('read', (await read).bytesRead);
    log('still read', (await still).bytesRead);
    await left;
    await h.close().then(say('closed again'), (e) => log(e.code));
    await h.read(b, 0, 1, 0).catch((e) => log(e.code));
  },
  async appended() {
    const h = await open(at('ap'), 'a');
    await h.write('one'); await h.write('two'); await h.close();
    await appendFile(at('ap'), 'three');
    log(String(await readFile(at('ap'))));
    await truncate(at('ap'), 4); log(await readFile(at('ap'), 'utf8'), (await stat(at('ap'))).size);
    await writeFile(at('ap'), 'x'); log(await readFile(at('ap'), 'utf8'));
  },
  async marks() {
    await writeFile(at('m'), '0123456789');
    const r = watch(fs.createReadStream(at('m'), { highWaterMark: 4 }), 'r');
    r.on('data', (d) => { log('data', String(d), r.bytesRead); if (r.bytesRead === 4) { r.pause(); setTimeout(() => { log('resumes'); r.resume(); }, 5); } });
    await closed(r);
    const q = watch(fs.createReadStream(at('m'), { start: 7, highWaterMark: 2 }), 'q');
    for await (const d of q) log('item', String(d));
    const l = watch(fs.createReadStream(at('m'), { highWaterMark: 3 }), 'l');
    for await (const d of l) { log('item', String(d)); break; }
    log(l.destroyed, l.bytesRead);
    await closed(l);
  },
  async byHand() {
    const r = watch(fs.createReadStream(at('m'), { highWaterMark: 5 }), 'r');
    r.on('readable', () => { let d; while ((d = r.read(3)) !== null) log('read', String(d)); log('left', r.readableLength); });
    await closed(r);
  },
  async destroyedInOpen() {
    const r = watch(fs.createReadStream(at('m')), 'r');
    r.on('open', () => { r.destroy(); log('destroyed', r.destroyed, r.pending); });
    await closed(r);
    const w = watch(fs.createWriteStream(at('d')), 'w');
    w.write('x', (e) => log('x', code(e))); w.destroy(new Error('mine'));
    await closed(w);
    log(fs.existsSync(at('d')));
  },
  async failing() {
    const w = watch(fs.createWriteStream(at('no/such')), 'w');
    w.write('x', (e) => log('x', code(e))); w.end('y', (e) => log('end', code(e)));
    await closed(w);
    await new Promise((ok) => pipeline(fs.createReadStream(at('none')), fs.createWriteStream(at('made')), (e) => { log('pipeline', e.code); ok(); }));
    await wait(10);
    await new Promise((ok) => pipeline(fs.createReadStream(at('m')), fs.createWriteStream(at('no/such')), (e) => { log('pipeline', e.code); ok(); }));
    await wait(10);
  },
  async writesInOrder() {
    const w = watch(fs.createWriteStream(at('w'), { highWaterMark: 4 }), 'w');
    log(w.write('ab', say('ab written')), w.write('cd', say('cd written')), w.writableNeedDrain);
    w.on('drain', () => { log('drain', w.bytesWritten); if (w.bytesWritten < 6) log(w.write('ef', say('ef written'))); w.end(say('ended')); });
    await closed(w);
    log(fs.readFileSync(at('w'), 'utf8'));
    const x = watch(fs.createWriteStream(at('w'), { flags: 'r+', start: 2 }), 'x');
    x.end('XY'); await closed(x);
    log(fs.readFileSync(at('w'), 'utf8'));
  },
  async aborted() {
    const ac = new AbortController();
    const r = watch(fs.createReadStream(at('m'), { signal: ac.signal }), 'r');
    r.on('open', () => { ac.abort(); log('aborted', r.destroyed); });
    await closed(r);
    await readFile(at('m'), { signal: ac.signal }).catch((e) => log(e.name));
    const own = new AbortController();
    const p = readFile(at('m'), { signal: own.signal }).then(say('read'), (e) => log(e.name));
    own.abort();
    await p;
  },
  async ofAHandle() {
    const h = await open(at('m'));
    const r = watch(h.createReadStream({ start: 8, autoClose: false }), 'r');
    r.on('data', (d) => log('data', String(d)));
    await new Promise((ok) => r.on('end', ok));
    await wait(5);
    log(r.destroyed, r.closed);
    const b = Buffer.alloc(2); log((await h.read(b, 0, 2, 0)).bytesRead);
    h.on('close', say('handle close'));
    for await (const line of h.readLines()) log('line', line);
    await wait(5);
  },
};
(async () => {
  for (const name of Object.keys(steps)) { log('--', name); await steps[name](); await wait(10); }
  fs.rmSync(dir, { recursive: true });
})();
