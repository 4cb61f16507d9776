import { getEventListeners } from 'node:events';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttp } from '../../src/fetch/http.ts';
import { httpFor, startServer, type TestServer } from './server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function serve(answer: Parameters<typeof startServer>[0], options = {}) {
  const server: TestServer = await startServer(answer);
  const http = httpFor(server, options);
  open.push(http, server);
  return { server, http };
}

const text = (body: Uint8Array) => new TextDecoder().decode(body);

describe('answers', () => {
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ])('%s is unpacked', async (coding, pack) => {
    const { server, http } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(pack(Buffer.from('привет'))),
    );
    expect(text((await http.send({ url: server.url })).body)).toBe('привет');
  });

  test('any status is a normal answer', async () => {
    const { server, http } = await serve((_request, response) =>
      response.writeHead(503, { 'X-Why': 'busy' }).end('later'),
    );
    expect(await http.send({ url: server.url })).toMatchObject({ status: 503, headers: { 'x-why': 'busy' } });
  });

  test('the user agent names us', async () => {
    const { server, http } = await serve((request, response) => response.end(request.headers['user-agent']));
    expect(text((await http.send({ url: server.url })).body)).toBe('Molva-Test/1.0');
  });
});

describe('hostile answers', () => {
  test('a server that never answers is given up in time', async () => {
    const { server, http } = await serve(() => undefined, { timeoutMs: 200 });
    await expect(http.send({ url: server.url })).rejects.toMatchObject({
      name: 'RetryLaterError',
      code: 'timeout',
    });
  });

  test('a body that trickles is given up in time', async () => {
    const { server, http } = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const started = Date.now();
    await expect(http.send({ url: server.url, timeoutMs: 300 })).rejects.toMatchObject({ code: 'timeout' });
    expect(Date.now() - started).toBeLessThan(8000);
  });

  test('an endless body is cut at the limit', async () => {
    const { server, http } = await serve((_request, response) => {
      const send = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) {}
      };
      response.on('drain', send);
      send();
    });
    await expect(http.send({ url: server.url, maxBytes: 1_000_000 })).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'too-large',
    });
  });

  test('a huge announced length is refused before it is read', async () => {
    const { server, http } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '99999999999' }).write('x');
    });
    await expect(http.send({ url: server.url })).rejects.toMatchObject({ code: 'too-large' });
  });

  test('a gzip bomb is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const { server, http } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    await expect(http.send({ url: server.url })).rejects.toMatchObject({ code: 'too-large' });
  });

  test('a bomb within a bomb is refused', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(50_000_000)));
    const { server, http } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(bomb),
    );
    await expect(http.send({ url: server.url })).rejects.toMatchObject({ code: 'too-large' });
  });

  test('damaged packing is a broken answer', async () => {
    const { server, http } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    );
    await expect(http.send({ url: server.url })).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'broken-answer',
    });
  });

  test('headers without end are refused', async () => {
    const { server, http } = await serve((_request, response) =>
      response.writeHead(200, { 'x-long': 'a'.repeat(200_000) }).end(),
    );
    await expect(http.send({ url: server.url })).rejects.toMatchObject({ code: 'too-large' });
  });

  async function serveRaw(bytes: string) {
    const server = createSocketServer((socket) =>
      socket.on('error', () => undefined).once('data', () => socket.end(bytes)),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const http = createHttp({ userAgent: 't/1', allowPrivate: [host], timeoutMs: 3000 });
    open.push(http, { close: () => new Promise<void>((resolve) => server.close(() => resolve())) });
    return http.send({ url: `http://${host}/` });
  }

  test('a body shorter than its announced length is tried again later', async () => {
    await expect(serveRaw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort')).rejects.toMatchObject({
      name: 'RetryLaterError',
      code: 'connect',
    });
  });

  test('a length that is no number is a broken answer', async () => {
    await expect(serveRaw('HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx')).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'broken-answer',
    });
  });

  test('what is not HTTP is a broken answer', async () => {
    await expect(serveRaw('220 mail.example.org ESMTP\r\n')).rejects.toMatchObject({ code: 'broken-answer' });
  });

  test('the caller can stop the exchange with its own reason', async () => {
    const { server, http } = await serve(() => undefined);
    const stop = new AbortController();
    const sent = http.send({ url: server.url, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('closing')), 50);
    await expect(sent).rejects.toThrow('closing');
  });

  test('an exchange that is over leaves nothing at the signal of the caller', async () => {
    const { server, http } = await serve((_request, response) => response.end());
    const { signal } = new AbortController();
    const sent = http.send({ url: server.url, signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await sent;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('nobody at the port means trying again later', async () => {
    const http = createHttp({ userAgent: 't/1', allowPrivate: ['127.0.0.1'] });
    open.push(http);
    await expect(http.send({ url: 'http://127.0.0.1:59999/' })).rejects.toMatchObject({ code: 'connect' });
  });
});

describe('redirects', () => {
  test('are followed, and a permanent move is told', async () => {
    const { server, http } = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else if (request.url === '/new') response.writeHead(302, { location: '/today' }).end();
      else response.end(`at ${request.url}`);
    });
    const answer = await http.send({ url: `${server.url}/old` });
    expect(text(answer.body)).toBe('at /today');
    expect(answer).toMatchObject({ url: `${server.url}/today`, movedTo: `${server.url}/new` });
  });

  test('a temporary one moves nothing', async () => {
    const { server, http } = await serve((request, response) =>
      request.url === '/' ? response.writeHead(302, { location: '/x' }).end() : response.end(),
    );
    expect(await http.send({ url: server.url })).not.toHaveProperty('movedTo');
  });

  test('a circle is found', async () => {
    const { server, http } = await serve((request, response) =>
      response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end(),
    );
    await expect(http.send({ url: `${server.url}/a` })).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'redirect-loop',
    });
    expect(server.asked).toEqual(['/a', '/b']);
  });

  test('a chain without end is cut', async () => {
    const { server, http } = await serve((request, response) =>
      response.writeHead(302, { location: `${request.url}x` }).end(),
    );
    await expect(http.send({ url: `${server.url}/` })).rejects.toMatchObject({ code: 'redirect-loop' });
    expect(server.asked).toHaveLength(6);
  });

  test('none is followed when none is wanted', async () => {
    const { server, http } = await serve((_request, response) =>
      response.writeHead(302, { location: '/x' }).end(),
    );
    expect(await http.send({ url: server.url, maxRedirects: 0 })).toMatchObject({
      status: 302,
      headers: { location: '/x' },
    });
  });

  test('one to a private address is refused', async () => {
    const { server, http } = await serve((_request, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    );
    await expect(http.send({ url: server.url })).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'refused-address',
    });
  });

  test('one to another scheme is refused', async () => {
    const { server, http } = await serve((_request, response) =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    );
    await expect(http.send({ url: server.url })).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'refused-scheme',
    });
  });

  test('secrets stay with their origin', async () => {
    const seen: (string | undefined)[] = [];
    const other = await startServer((request, response) => {
      seen.push(request.headers.authorization, request.headers['x-kept'] as string);
      response.end();
    });
    open.push(other);
    const { server, http } = await serve(
      (_request, response) => response.writeHead(307, { location: other.url }).end(),
      {
        allowPrivate: ['127.0.0.1'],
      },
    );
    await http.send({ url: server.url, headers: { authorization: 'Bearer x', 'x-kept': 'yes' } });
    expect(seen).toEqual([undefined, 'yes']);
  });

  test('303 after a POST becomes a GET without a body', async () => {
    const { server, http } = await serve((request, response) =>
      request.method === 'POST'
        ? response.writeHead(303, { location: '/done' }).end()
        : response.end(`${request.method} ${request.headers['content-type']}`),
    );
    const answer = await http.send({
      url: server.url,
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(text(answer.body)).toBe('GET undefined');
  });
});
