import type { IncomingMessage } from 'node:http';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { notFound, plain, type Reply, readBody, serveLoopback } from './loopback.ts';
import { crmPage, type ReceivedEvent } from './pages/crm.ts';
import { screenLanguage } from './texts/screens.ts';

/** One event, however often it was delivered. */
export interface DemoCrm {
  /** The address of the page; events go to `/hooks/molva` under it. */
  url: string;
  /** Newest last; only what carried a valid signature. */
  received: readonly ReceivedEvent[];
  close(): Promise<void>;
}

interface Inbox {
  events: ReceivedEvent[];
  refused: number;
}

const MAX_BODY = 256 * 1024;
const MAX_EVENTS = 500;

/** A CRM that only listens. `secret` is `whsec_…` as in the Standard Webhooks specification. */
export async function startDemoCrm(options: { port: number; secret: string }): Promise<DemoCrm> {
  const inbox: Inbox = { events: [], refused: 0 };
  const webhook = new Webhook(options.secret);
  const server = await serveLoopback(options.port, async (request, url) => {
    if (url.pathname === '/hooks/molva') return await receive(request, webhook, inbox);
    request.resume();
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET\n');
    if (url.pathname === '/') return crmPage(inbox.events, inbox.refused, screenLanguage(request));
    if (url.pathname === '/received.json') return json(200, inbox.events);
    return notFound();
  });
  return { url: server.url, received: inbox.events, close: server.close };
}

async function receive(request: IncomingMessage, webhook: Webhook, inbox: Inbox): Promise<Reply> {
  if (request.method !== 'POST') return plain(405, 'Only POST\n');
  const raw = await readBody(request, MAX_BODY);
  if (raw === null) return { ...json(413, { error: 'too large' }), headers: { connection: 'close' } };
  try {
    const body = webhook.verify(raw, headersOf(request));
    const event = note(inbox, headersOf(request)['webhook-id'], body);
    return json(event.times === 1 ? 201 : 200, { id: `DEMO-${event.id}`, repeated: event.times > 1 });
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) return json(400, { error: 'the body is not JSON' });
    inbox.refused++;
    return json(401, { error: 'the signature does not fit' });
  }
}

function note(inbox: Inbox, id: string, body: unknown): ReceivedEvent {
  const at = new Date();
  const known = inbox.events.find((event) => event.id === id);
  if (known) {
    known.times++;
    known.lastAt = at;
    return known;
  }
  const event = { id, firstAt: at, lastAt: at, times: 1, body };
  inbox.events.push(event);
  if (inbox.events.length > MAX_EVENTS) inbox.events.shift();
  return event;
}

function headersOf(request: IncomingMessage) {
  const read = (name: string) => String(request.headers[name] ?? '');
  return {
    'webhook-id': read('webhook-id'),
    'webhook-timestamp': read('webhook-timestamp'),
    'webhook-signature': read('webhook-signature'),
  };
}

function json(status: number, value: unknown): Reply {
  return { status, type: 'application/json; charset=utf-8', body: `${JSON.stringify(value, null, 2)}\n` };
}
