// Node's side. Prints: name, operations, CPU ns for each.
const fs = require('fs');
const net = require('net');
const { EventEmitter } = require('events');
const chain = (next) => (n) => new Promise((done) => { const call = () => { if (--n) next(call); else done(); }; next(call); });
const benches = [
  ['set_immediate', 500000, chain(setImmediate)],
  ['set_immediate_fd', 500000, (n) => new Promise((done) => { const server = net.createServer().listen(0, '127.0.0.1', async () => {
    await chain(setImmediate)(n); server.close(done); }); })],
  ['next_tick', 2000000, chain(process.nextTick)],
  ['await_hop', 2000000, async (n) => { for (let i = 0; i < n; i++) await null; }],
  ['promise_all', 500000, async (n) => { const one = async () => { await null; }; await Promise.all(Array.from({ length: n }, one)); }],
  ['timeouts_same', 1000000, (n) => new Promise((done) => { let k = n; const call = () => { if (!--k) done(); }; for (let i = 0; i < n; i++) setTimeout(call, 1); })],
  ['timeouts_random', 1000000, (n) => new Promise((done) => { let k = n; const call = () => { if (!--k) done(); };
    for (let i = 0; i < n; i++) setTimeout(call, (i * 7919) % 1000); })],
  ['emit_string', 10000000, async (n) => { const e = new EventEmitter(); let s = 0; e.on('x', (v) => { s += v; }); for (let i = 0; i < n; i++) e.emit('x', 1); }],
  ['pool', 64000, (n) => new Promise((done) => { let started = 0, ended = 0;
    const go = () => { if (started < n) { started++; fs.access('.', () => { if (++ended === n) done(); else go(); }); } }; for (let i = 0; i < 32; i++) go(); })],
];
(async () => {
  const scale = Number(process.argv[2] || 1);
  for (const [name, operations, run] of benches) {
    const n = Math.max(32000, Math.floor(operations * scale)); const before = process.cpuUsage(); await run(n); const spent = process.cpuUsage(before);
    console.log(`${name}\t${n}\t${((spent.user + spent.system) * 1000 / n).toFixed(1)}`);
  }
})();
