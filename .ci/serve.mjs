// A static server for the built site, for this machine only.
// Usage: node .ci/serve.mjs FOLDER [--port N]   (with --port the port must be free; without, the next free one is taken)
// Tests import `serveFolder` and let the system choose a port (0).
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const usualPort = 8000;

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.lackey': 'text/plain; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.vms': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

async function findFile(root, address) {
  const path = normalize(decodeURIComponent(new URL(address, 'http://localhost').pathname));
  const file = await realpath(join(root, path.endsWith(sep) ? path + 'index.html' : path));
  if (!file.startsWith(root + sep)) throw new Error('outside the served folder');
  const information = await stat(file);
  if (!information.isFile()) throw new Error('not a file');
  return { file, size: information.size };
}

// Serves `folder` on the loopback address and resolves to the listening server. `headers` are added to every answer,
// so that a test can try a content security policy.
export async function serveFolder(folder, { port = 0, headers = {} } = {}) {
  const root = await realpath(resolve(folder));
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    let found;
    try {
      found = await findFile(root, request.url);
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[extname(found.file)] ?? 'application/octet-stream',
      'Content-Length': found.size,
      // The next build must show up on reload.
      'Cache-Control': 'no-cache',
      ...headers,
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(found.file).on('error', () => response.destroy()).pipe(response);
  });
  await new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  return server;
}

async function serveOnNextFreePort(folder, first) {
  for (let port = first; ; ++port) {
    try {
      return await serveFolder(folder, { port });
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || port === first + 99) throw error;
      console.error(`Port ${port} is taken; trying the next.`);
    }
  }
}

async function main([folder, flag, wanted]) {
  let server;
  try {
    server =
      flag === '--port'
        ? await serveFolder(folder, { port: Number(wanted) })
        : await serveOnNextFreePort(folder, usualPort);
  } catch (error) {
    console.error(error.code === 'EADDRINUSE' ? `Port ${wanted} is taken; choose another with --port N.` : error.message);
    process.exit(1);
  }
  console.log(`http://localhost:${server.address().port}/`);
  console.log('Serving until Ctrl-C.');
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
