// Ports, handed over and closed; messages among timers and immediates.
const { MessageChannel, BroadcastChannel, receiveMessageOnPort } = require('worker_threads');
const log = (...a) => console.log(...a);
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
(async () => {
  {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', (m) => { log('one', m); process.nextTick(() => log('tick of', m)); if (m === 'b') port1.close(); });
    port1.on('close', () => log('close 1'));
    port2.on('close', () => log('close 2'));
    port2.postMessage('a'); port2.postMessage('b'); port2.postMessage('c');
    log('posted');
    await wait(200);
  }
  log('--');
  {
    const a = new MessageChannel(), b = new MessageChannel();
    b.port1.postMessage('waits');
    a.port2.on('message', ({ port }) => {
      log('got a port', port === b.port2);
      port.on('message', (m) => { log('through it', m); port.postMessage('answer'); });
    });
    b.port1.on('message', (m) => { log('answered', m); b.port1.close(); a.port1.close(); });
    a.port1.postMessage({ port: b.port2 }, [b.port2]);
    try { a.port1.postMessage({ port: b.port2 }, [b.port2]); } catch (e) { log(e.message); }
    await wait(200);
  }
  log('--');
  {
    const { port1, port2 } = new MessageChannel();
    port1.postMessage(1); port1.postMessage(2);
    log('received', receiveMessageOnPort(port2).message, receiveMessageOnPort(port2).message, receiveMessageOnPort(port2));
    port1.postMessage(3);
    port1.close();
    port2.on('message', (m) => log('late', m));
    port2.on('close', () => log('close'));
    await wait(200);
  }
  log('--');
  {
    const x = new BroadcastChannel('x'), y = new BroadcastChannel('x'), z = new BroadcastChannel('x');
    y.onmessage = (e) => { log('y', e.data); if (e.data === 2) y.close(); };
    z.onmessage = (e) => { log('z', e.data); if (e.data === 1) z.postMessage('from z'); if (e.data === 2) z.close(); };
    x.onmessage = (e) => { log('x', e.data); x.postMessage(2); x.close(); };
    x.postMessage(1);
    log('broadcast');
    await wait(200);
  }
  log('over');
})();
