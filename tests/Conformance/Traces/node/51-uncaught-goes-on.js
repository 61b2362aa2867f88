// A listener for uncaughtException: a throwing tick, microtask, timer or immediate does not end the loop, and nothing is lost.
process.on('uncaughtException', (e) => console.log('caught', e.message));
process.nextTick(() => { throw new Error('tick'); });
process.nextTick(() => console.log('second tick'));
queueMicrotask(() => { throw new Error('micro'); });
queueMicrotask(() => console.log('second micro'));
setTimeout(() => { setTimeout(() => { throw new Error('timer'); }, 1); setTimeout(() => console.log('second timer'), 1); }, 20);
setTimeout(() => { setImmediate(() => { throw new Error('immediate'); }); setImmediate(() => console.log('second immediate')); }, 300);
