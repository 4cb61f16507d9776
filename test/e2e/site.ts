import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Site {
  address: string;
  /** Paths in the order in which they were asked for. */
  asked: string[];
  close(): void;
}

/** A site of a few pages, by their paths; what changes in `pages` is served from then on. */
export function startSite(pages: Readonly<Record<string, string>>): Promise<Site> {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    const path = req.url ?? '';
    asked.push(path);
    const page = pages[path];
    const type = page?.startsWith('<?xml') ? 'application/rss+xml' : 'text/html';
    res.writeHead(page ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(page ?? 'nothing');
  });
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done({ address, asked, close: () => server.close() });
    }),
  );
}
