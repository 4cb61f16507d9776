import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttp, type HttpOptions } from '../../src/fetch/http.ts';
import { httpFor, startServer } from './server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A server that says byte for byte what it is told to. */
async function serveRaw(say: (socket: Socket) => void, options: Partial<HttpOptions> = {}) {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('data', () => say(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = createHttp({ userAgent: 't/1', allowPrivate: [host], timeoutMs: 3000, ...options });
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  open.push(http, { close });
  return () => http.send({ url: `http://${host}/` });
}

/** Writes until the other side has had enough. */
function flood(socket: Socket, start: string, piece: string): void {
  socket.write(start);
  const go = (): void => {
    while (!socket.destroyed && socket.write(piece)) {}
  };
  socket.on('drain', go);
  go();
}

async function within(ms: number, work: () => Promise<unknown>): Promise<void> {
  const before = process.memoryUsage().rss;
  const started = performance.now();
  await work();
  expect(performance.now() - started).toBeLessThan(ms);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
}

describe('a hostile server', () => {
  test('that sends a hundred thousand headers is cut off', async () => {
    const headers = Array.from({ length: 100_000 }, (_, at) => `X-${at}: 1\r\n`).join('');
    const send = await serveRaw((socket) => socket.end(`HTTP/1.1 200 OK\r\n${headers}\r\n`));
    await within(2000, () =>
      expect(send()).rejects.toMatchObject({ name: 'PermanentError', code: 'too-large' }),
    );
  });

  test.each([
    ['headers', 'HTTP/1.1 200 OK\r\n', 'X-A: 1\r\n'],
    ['one header', 'HTTP/1.1 200 OK\r\nX: ', 'aaaaaaaaaaaaaaaa'],
    ['trailers', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n', 'X-A: 1\r\n'],
    [
      'chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
      '10000\r\n'.concat('x'.repeat(65_536), '\r\n'),
    ],
    ['a chunk extension', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;', 'aaaaaaaaaaaaaaaa'],
    ['a status line', 'HTTP/1.1 200 ', 'OKOKOKOKOKOKOKOK'],
    ['interim answers', '', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['early hints', '', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'],
  ])('that sends %s without end is cut off', async (_name, start, piece) => {
    const send = await serveRaw((socket) => flood(socket, start, piece.repeat(200)), { timeoutMs: 2500 });
    await within(6000, () => expect(send()).rejects.toThrow());
  });

  test.each([
    ['two lengths that differ', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 5\r\n\r\nhello'],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello'],
    [
      'a chunk size that is none',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n',
    ],
    [
      'a length beside chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
    ],
    ['a header with a zero byte', 'HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n'],
  ])('that sends %s is not believed', async (_name, bytes) => {
    const send = await serveRaw((socket) => socket.end(bytes));
    await expect(send()).rejects.toMatchObject({ code: 'broken-answer' });
  });

  test('that says more than it announced is read as far as it announced', async () => {
    const send = await serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello'));
    const told = await send().catch((error: unknown) => error);
    expect(told).toSatisfy(
      (value) => value instanceof Error || (value as { body: Uint8Array }).body.length === 2,
    );
  });

  test.each([
    ['br', brotliCompressSync(Buffer.alloc(200_000_000))],
    ['gzip', gzipSync(Buffer.alloc(200_000_000))],
    ['br, gzip', gzipSync(brotliCompressSync(Buffer.alloc(200_000_000)))],
  ])('that packs 200 MB by %s is refused before they are unpacked', async (coding, bomb) => {
    const server = await startServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(bomb),
    );
    const http = httpFor(server);
    open.push(http, server);
    await within(2000, () =>
      expect(http.send({ url: server.url })).rejects.toMatchObject({ code: 'too-large' }),
    );
  });

  test('that packs in a way that we did not ask for is not believed', async () => {
    const server = await startServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'compress' }).end('x'),
    );
    const http = httpFor(server);
    open.push(http, server);
    await expect(http.send({ url: server.url })).rejects.toMatchObject({ code: 'broken-answer' });
  });

  test('without a certificate is told as such, and nothing is read from it', async () => {
    const server = createTlsServer({}, () => undefined).on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const http = createHttp({ userAgent: 't/1', allowPrivate: [host], timeoutMs: 3000 });
    open.push(http, { close: () => new Promise<void>((resolve) => server.close(() => resolve())) });
    await expect(http.send({ url: `https://${host}/` })).rejects.toMatchObject({
      name: 'RetryLaterError',
      code: 'tls',
    });
  });

  test.each([1, 2, 3, 4])('that leads to a private address at hop %i is not followed there', async (last) => {
    const server = await startServer((request, response) => {
      const hop = Number((request.url ?? '').slice(1));
      const location = hop === last ? 'http://127.0.0.1:8080/secret' : `/${hop + 1}`;
      response.writeHead(302, { location }).end();
    });
    const { port } = new URL(server.url);
    const http = createHttp({
      userAgent: 't/1',
      allowPrivate: [`public.example:${port}`],
      resolve: async () => ['127.0.0.1'],
    });
    open.push(http, server);
    await expect(http.send({ url: `http://public.example:${port}/1` })).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'refused-address',
    });
    expect(server.asked).toHaveLength(last);
  });
});
