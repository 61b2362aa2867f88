// An echo server: echo.js port
const server = require('net').createServer((connection) => {
  connection.setNoDelay(true);
  connection.on('data', (data) => connection.write(data));
  connection.on('error', () => {});
});
server.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 }, () => console.log('ready'));
