import type { Request, Response } from 'express';

const EVERY_MS = 5000;
/** After that the browser asks anew, with a session that is looked at again. */
const LASTS_MS = 10 * 60_000;

/**
 * Server-sent events: what `next` has to say, every five seconds, for as long as the page is open; '' is nothing. `?once=1`: what is there
 * now, and no more.
 */
export async function streamEvents(req: Request, res: Response, next: () => Promise<string>): Promise<void> {
  // Compressed it would wait for more.
  res.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' });
  const isOnce = req.query.once === '1';
  const ends = Date.now() + LASTS_MS;
  let isOpen = true;
  res.once('close', () => {
    isOpen = false;
  });
  res.write(`retry: ${EVERY_MS}\n\n`);
  while (isOpen) {
    // A remark keeps proxies from closing what is silent.
    res.write((await next()) || ': \n\n');
    if (isOnce || Date.now() >= ends) break;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS).unref());
  }
  res.end();
}
