import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Reply {
  status?: number;
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

export type Answer = (request: IncomingMessage, url: URL) => Reply | Promise<Reply>;

export interface LoopbackServer {
  /** `http://127.0.0.1:8080`, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** An HTTP server that only this machine can reach. Port 0 takes any free one. */
export async function serveLoopback(port: number, answer: Answer): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    reply(request, response, answer).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function reply(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const target = `http://127.0.0.1${request.url ?? '/'}`;
  const made = URL.canParse(target) ? await answer(request, new URL(target)) : notFound();
  const body = typeof made.body === 'string' ? Buffer.from(made.body) : made.body;
  const status = made.status ?? 200;
  response.writeHead(status, {
    'content-type': made.type,
    // A 304 has no body, and a length of 0 would say that the page has become empty.
    ...(status === 304 ? {} : { 'content-length': body.length }),
    'x-content-type-options': 'nosniff',
    ...made.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function notFound(): Reply {
  return plain(404, 'Not found\n');
}

export function plain(status: number, body: string): Reply {
  return { status, type: 'text/plain; charset=utf-8', body };
}

/** The body, or null when it is larger than `maxBytes`: the rest is then not read. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
