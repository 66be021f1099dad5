// Vite with hot reload, in front of a backend that comes and goes: each line on stdin is the address with the
// token of the one that runs now. Calls are passed on to it with its token, so a restart needs no new page.
import { createRequire } from 'node:module';
import http from 'node:http';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const frontend = process.argv[2];
const { createServer } = await import(pathToFileURL(createRequire(`${frontend}/package.json`).resolve('vite')).href);

const CALLS = /^\/(rpc|events|media|upload)\b/;
let backend = null;

/** Passes one call on; streams both ways, so events arrive as they happen. */
function passOn(request, response) {
  if (!backend) return response.writeHead(503).end();
  const address = new URL(request.url, backend.origin);
  if (address.searchParams.has('token')) address.searchParams.set('token', backend.token);
  const headers = { ...request.headers, host: backend.host, origin: backend.origin, authorization: `Bearer ${backend.token}` };
  const call = http.request(address, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  call.on('error', () => response.headersSent ? response.destroy() : response.writeHead(502).end());
  response.on('close', () => call.destroy());
  request.pipe(call);
}

const backendCalls = {
  name: 'backend-calls',
  configureServer(server) {
    server.middlewares.use((request, response, next) => (CALLS.test(request.url) ? passOn(request, response) : next()));
  },
};

const server = await createServer({
  root: frontend,
  configFile: `${frontend}/vite.config.ts`,
  plugins: [backendCalls],
  // Apart from what plain Vite has prepared: the two differ in plugins and would throw each other's work away.
  cacheDir: `${frontend}/node_modules/.vite-dev`,
});
await server.listen();
server.printUrls();

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const address = new URL(line);
  backend = { origin: address.origin, host: address.host, token: address.searchParams.get('token') ?? '' };
});
// The end of stdin is the end of the one that started this.
lines.on('close', () => process.exit(0));
