import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeFeed } from './feeds.ts';

/** A process of its own, so that serving is not counted: FEEDS feeds, one to each loopback address; every other one never changes. */
const rounds = new Map<number, number>();

const server = createServer((request, response) => {
  const at = Number(/^\/feed\/(\d+)$/.exec(request.url ?? '')?.[1] ?? -1);
  if (at < 0) return void response.writeHead(404).end();
  const round = at % 2 === 0 ? 0 : (rounds.get(at) ?? 0);
  rounds.set(at, round + 1);
  const etag = `"${at}-${round}"`;
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
  response
    .writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8', etag })
    .end(makeFeed(at, round));
});
server.listen(0, '0.0.0.0', () => process.send?.((server.address() as AddressInfo).port));
