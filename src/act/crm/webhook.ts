import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { PermanentError, RetryLaterError } from '../../lib/errors.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';
import { CASE_OPENED, CASE_UPDATED, CASE_WITHDRAWN } from '../../model/case.ts';
import type { CasePayload } from '../../model/case-payload.ts';
import type { CrmConnector, HttpResponse, Receipt, Tidings } from '../../model/ports.ts';

const secret = z
  .string()
  .refine(isSecret, 'write whsec_ and 24 to 64 bytes in base64; `molva webhook secret` makes one');

function isSecret(text: string): boolean {
  const bytes = Buffer.from(text.replace(/^whsec_/, ''), 'base64').length;
  return text.startsWith('whsec_') && bytes >= 24 && bytes <= 64;
}

const settings = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'is not an http(s) address' }),
  /** The first signs; during rotation the second signs too, so that the receiver may know either. */
  secrets: z.array(secret).min(1).max(2),
});

const TIMEOUT_MS = 20_000;

/** Only 2xx is success: a redirect is a mistake in the address, and following it would leak the case. */
function judge(answer: HttpResponse, now: Date): Receipt {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return { externalId: null, summary: `HTTP ${status}` };
  if (status === 410)
    throw new PermanentError(
      'endpoint-gone',
      'The endpoint answered 410 Gone: it wants no more messages and has been switched off here.',
    );
  const delayMs = retryAfterMs(headers['retry-after'], now);
  throw new RetryLaterError(`http-${status}`, `The endpoint answered HTTP ${status}.`, { delayMs });
}

/** `webhook-signature` for one attempt: Standard Webhooks 1.0.0, over `{id}.{timestamp}.{body}`. */
function signWebhook(secrets: readonly string[], id: string, at: Date, body: string): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((key) => new Webhook(key).sign(id, at, body)).join(' '),
  };
}

/** Any endpoint that takes signed JSON: the neutral form, for a CRM without a connector of its own. */
export const webhook: CrmConnector<z.infer<typeof settings>> = {
  kind: 'webhook',
  settings,
  connect: ({ url, secrets }, { http, clock }) => {
    const messageOf = ({ type, at, data }: Tidings, key: string) => {
      const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
      const headers = { 'content-type': 'application/json', ...signWebhook(secrets, key, clock.now(), body) };
      return { url, method: 'POST', headers, body } as const;
    };
    const send = async (tidings: Tidings, key: string): Promise<Receipt> => {
      const answer = await http.send({
        ...messageOf(tidings, key),
        timeoutMs: TIMEOUT_MS,
        // The status says all: a page of megabytes behind a 200 is a success too.
        ignoreBody: true,
        maxRedirects: 0,
      });
      return judge(answer, clock.now());
    };
    const opened = (payload: CasePayload): Tidings => ({
      type: CASE_OPENED,
      at: new Date(payload.case.opened_at),
      data: payload,
    });
    return {
      openCase: (payload, key) => send(opened(payload), key),
      updateCase: (payload, key, at) => send({ type: CASE_UPDATED, at, data: payload }, key),
      withdrawCase: (payload, key, at) => send({ type: CASE_WITHDRAWN, at, data: payload }, key),
      tell: send,
      draft: (tidings, key) =>
        messageOf(tidings.type === CASE_OPENED ? opened(tidings.data as CasePayload) : tidings, key),
    };
  },
};
