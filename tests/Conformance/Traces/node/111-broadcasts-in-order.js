// Which of several broadcast channels and ports has its turn first: the one that was made first, whoever was written to first.
const { BroadcastChannel, MessageChannel } = require('worker_threads');
const wait = () => new Promise((done) => setTimeout(done, 10));

async function step(name, run) {
  console.log('--', name);
  await run();
  await wait();
}

function channels(count) {
  return Array.from({ length: count }, (_, i) => {
    const channel = new BroadcastChannel('broadcasts-in-order');
    channel.onmessage = (m) => {
      console.log('channel', i, m.data);
      process.nextTick(() => console.log('tick of', i, m.data));
    };
    return channel;
  });
}

async function main() {
  await step('answers', async () => {
    const [a, b] = channels(2);
    a.postMessage('to b');
    b.postMessage('to a');
    await wait();
    a.close();
    b.close();
  });
  await step('three', async () => {
    const three = channels(3);
    three[2].postMessage('x');
    three[0].postMessage('y');
    three[1].postMessage('z');
    await wait();
    for (const channel of three) channel.close();
  });
  await step('beside ports', async () => {
    const first = new MessageChannel();
    const two = channels(2);
    const last = new MessageChannel();
    first.port2.on('message', (m) => console.log('first', m));
    last.port2.on('message', (m) => console.log('last', m));
    last.port1.postMessage(1);
    two[0].postMessage(2);
    two[1].postMessage(3);
    first.port1.postMessage(4);
    await wait();
    for (const channel of two) channel.close();
    first.port1.close();
    last.port1.close();
  });
  await step('written to while they are told', async () => {
    const [a, b, c] = channels(3);
    b.onmessage = (m) => {
      console.log('b', m.data);
      if (m.data === 'begin') b.postMessage('on');
    };
    a.postMessage('begin');
    await wait();
    a.close();
    b.close();
    c.close();
  });
  await step('closed before its turn', async () => {
    const [a, b, c] = channels(3);
    a.onmessage = () => {
      console.log('a closes b');
      b.close();
    };
    c.postMessage('for both');
    await wait();
    a.close();
    c.close();
  });
}

main();
