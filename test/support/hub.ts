import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Held {
  callback: string;
  topic: string;
  secret: string;
}

/** A WebSub hub as W3C describes it: it verifies each wish at the callback before it holds or drops the subscription. */
export async function startHub() {
  const held = new Map<string, Held>();
  const asked: string[] = [];
  const answers: number[] = [];
  let verdict = 202;

  async function verify(form: URLSearchParams): Promise<void> {
    const callback = form.get('hub.callback') ?? '';
    const mode = form.get('hub.mode') ?? '';
    const topic = form.get('hub.topic') ?? '';
    const challenge = randomBytes(8).toString('hex');
    const url = new URL(callback);
    url.search = new URLSearchParams({
      'hub.mode': mode,
      'hub.topic': topic,
      'hub.challenge': challenge,
      'hub.lease_seconds': '864000',
    }).toString();
    const answer = await fetch(url);
    answers.push(answer.status);
    if (answer.status !== 200 || (await answer.text()) !== challenge) return;
    if (mode === 'subscribe') held.set(callback, { callback, topic, secret: form.get('hub.secret') ?? '' });
    else held.delete(callback);
  }

  const server = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    const form = new URLSearchParams(body);
    asked.push(form.get('hub.mode') ?? '');
    if (verdict === 202) await verify(form);
    res.writeHead(verdict).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    answers,
    held,
    /** What the hub says to wishes from now on; only 202 is followed by a verification. */
    answerWith: (status: number) => {
      verdict = status;
    },
    /** Sends news to all subscribers; the statuses that they answered. */
    publish: async (content: string, method = 'sha256', secret?: string): Promise<number[]> =>
      Promise.all(
        [...held.values()].map(async (subscriber) => {
          const hmac = createHmac(method, secret ?? subscriber.secret).update(content);
          const headers = {
            'content-type': 'application/rss+xml',
            'x-hub-signature': `${method}=${hmac.digest('hex')}`,
          };
          return (await fetch(subscriber.callback, { method: 'POST', headers, body: content })).status;
        }),
      ),
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
