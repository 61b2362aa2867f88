// unhandledRejection comes after the microtasks; a handler that comes later still gives rejectionHandled.
process.on('unhandledRejection', (e) => console.log('unhandled', e.message));
process.on('rejectionHandled', () => console.log('handled late'));
const p = Promise.reject(new Error('late'));
Promise.reject(new Error('in time')).catch((e) => console.log('caught', e.message));
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('micro'));
setTimeout(() => { p.catch(() => console.log('catch runs')); console.log('timer end'); }, 5);
