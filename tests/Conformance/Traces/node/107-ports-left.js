// Ports whose listeners go one by one, all of a name, or all at once: which of them keep what comes, lose it, and hold the loop.
const { MessageChannel } = require('worker_threads');
const log = (...a) => console.log(...a);
const turn = () => new Promise((ok) => setImmediate(() => setImmediate(ok)));
const ways = {
  off(port, f) { port.off('message', f); },
  name(port) { port.removeAllListeners('message'); },
  all(port) { port.removeAllListeners(); },
  another(port) { port.removeAllListeners('close'); },
};
const left = async (how) => {
  const { port1, port2 } = new MessageChannel();
  const f = (v) => log(how, 'f', v);
  port2.on('message', f);
  port1.postMessage(1);
  await turn();
  ways[how](port2, f);
  log(how, port2.hasRef(), port2.listenerCount('message'));
  port1.postMessage(2);
  await turn();
  port2.on('message', (v) => log(how, 'g', v));
  port1.postMessage(3);
  await turn();
  log(port2.hasRef());
  ways[how](port2, f);
  port1.close();
  await turn();
};
(async () => {
  for (const how of Object.keys(ways)) await left(how);
  const { port1, port2 } = new MessageChannel();
  port2.on('message', () => {});
  port2.removeAllListeners('message');
  setTimeout(() => { log('held', port2.hasRef()); port1.close(); }, 50).unref();
})();
