import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttp, type HttpOptions } from '../../src/fetch/http.ts';

export interface TestServer {
  url: string;
  host: string;
  /** Paths asked for, in order. */
  asked: string[];
  close(): Promise<void>;
}

/** A real server on the loopback. */
export async function startServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestServer> {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://${host}`, host, asked, close };
}

export function httpFor(server: TestServer, options: Partial<HttpOptions> = {}) {
  return createHttp({
    userAgent: 'Molva-Test/1.0',
    allowPrivate: [server.host],
    timeoutMs: 5000,
    ...options,
  });
}
