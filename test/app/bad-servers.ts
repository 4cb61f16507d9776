import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const MIB = 2 ** 20;
const FEED = 'application/rss+xml; charset=utf-8';
const HEAD = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title>';

/** A feed with one new entry at each visit, so that the time of every visit shows. */
export function freshFeed(): Answer {
  let visits = 0;
  return (_request, response) => {
    visits += 1;
    const item = `<item><guid>entry-${visits}</guid><title>Entry ${visits}</title><description>${Date.now()}</description></item>`;
    response.writeHead(200, { 'content-type': FEED }).end(`${HEAD}${item}</channel></rss>`);
  };
}

function repeat(response: ServerResponse, piece: Buffer | string, everyMs: number): void {
  response.writeHead(200, { 'content-type': FEED });
  const timer = setInterval(() => response.write(piece), everyMs);
  response.on('close', () => clearInterval(timer)).on('error', () => undefined);
}

/** As fast as the other side takes it, `total` bytes or for ever. */
function pour(response: ServerResponse, total: number): void {
  const piece = Buffer.alloc(64 * 1024, '<item>x</item>');
  let left = total;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= piece.length;
      if (!response.write(piece)) return void response.once('drain', more);
    }
    response.end();
  };
  response.on('error', () => undefined);
  more();
}

const packed = (coding: string, bytes: Buffer): Answer => {
  const headers = { 'content-type': FEED, 'content-encoding': coding };
  return (_request, response) => void response.writeHead(200, headers).end(bytes);
};

/** 2 GiB of blanks in 2 MiB: one member of gzip many times over. */
function gzipBomb(): Buffer {
  const member = gzipSync(Buffer.alloc(16 * MIB, ' '));
  return Buffer.concat(Array.from({ length: 128 }, () => member));
}

const say =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end(`status ${status}`);

const body =
  (type: string, make: () => string): Answer =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': type }).end(make());

const redirectTo =
  (to: (request: IncomingMessage) => string): Answer =>
  (request, response) =>
    void response.writeHead(302, { location: to(request) }).end();

/** What each hostile source does with `/feed`; `private` is a server on an address that is not allowed. */
export function badAnswers(privateUrl: string): Record<string, Answer> {
  return {
    slow: (_request, response) => repeat(response, 'x', 1000),
    endless: (_request, response) => repeat(response, '<item>and one more</item>', 20),
    flood: (_request, response) => pour(response.writeHead(200, { 'content-type': FEED }), Infinity),
    huge: (_request, response) =>
      pour(response.writeHead(200, { 'content-type': FEED, 'content-length': String(50 * MIB) }), 50 * MIB),
    bomb: packed('gzip', gzipBomb()),
    layers: packed('gzip, gzip, gzip', gzipSync(gzipSync(gzipBomb()))),
    broken: body(FEED, () => `${HEAD}<item><guid>no end`),
    junk: body(FEED, () => '\u0000\u0001\ufffd<<<>>>&&&]]>'),
    html: body('text/html; charset=utf-8', () => '<!doctype html><html><body><p>Hello</p></body></html>'),
    circle: redirectTo(({ url }) => (url === '/feed' ? '/other' : '/feed')),
    corridor: redirectTo(({ url }) => `${url}x`),
    inward: redirectTo(() => `${privateUrl}/feed`),
    downward: redirectTo(() => 'file:///etc/passwd'),
    missing: say(404),
    gone: say(410),
    failing: say(500),
    busy: say(429, { 'retry-after': '300' }),
    short: (_request, response) => {
      response.writeHead(200, { 'content-type': FEED, 'content-length': '5000' });
      response.write(HEAD, () => response.socket?.end());
    },
    deep: body(FEED, () => `${HEAD}<item>${'<b>'.repeat(1_600_000)}${'</b>'.repeat(1_300_000)}</item>`),
    divs: body('text/html', () => '<div>'.repeat(1_900_000)),
    brackets: body(FEED, () => `${HEAD}<item>${'<'.repeat(9_000_000)}`),
    entities: body(
      FEED,
      () =>
        `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(100_000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]>${HEAD}<item><title>${'&b;'.repeat(1000)}</title></item></channel></rss>`,
    ),
  };
}

export interface OpenServer {
  host: string;
  url: string;
  close(): Promise<void>;
}

function listen(server: Server, address: string, port: number): Promise<OpenServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, address, () => {
      const host = `${address}:${(server.address() as AddressInfo).port}`;
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done());
          for (const socket of sockets) socket.destroy();
        });
      resolve({ host, url: `http://${host}`, close });
    });
  });
}

/** Answers `/robots.txt` by `robots` (404 when not given) and everything else by `answer`. */
export function serve(answer: Answer, options: { robots?: Answer; address?: string; port?: number } = {}) {
  const robots = options.robots ?? say(404);
  const listener: RequestListener = (request, response) =>
    (request.url === '/robots.txt' ? robots : answer)(request, response);
  return listen(createServer(listener), options.address ?? '127.0.0.1', options.port ?? 0);
}

/** Lets robots.txt pass and cuts every other connection with RST. */
export function serveResets(): Promise<OpenServer> {
  const server = createRawServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      if (data.toString('latin1').startsWith('GET /robots.txt'))
        socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      else socket.resetAndDestroy();
    });
  });
  return listen(server, '127.0.0.1', 0);
}

export const forbidding: Answer = body('text/plain', () => 'User-agent: *\nDisallow: /\n');
export const unavailable: Answer = say(503);
