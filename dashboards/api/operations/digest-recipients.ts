import { z } from 'zod';
import { withoutPersonalLinks } from '../../../src/act/digest/action-link.ts';
import { LANGUAGES } from '../../../src/model/user.ts';
import { type DigestRecipient, findRecipient, listAllRecipients } from '../../../src/store/digests.ts';
import { listTopics } from '../../../src/store/topics.ts';
import type { DashboardDeps } from '../../deps.ts';
import type { DigestForm } from '../../digests/form.ts';
import { keepDigest, mistakesIn } from '../../digests/save.ts';
import { sendDigest } from '../../digests/send.ts';
import { translator } from '../../texts.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { at, id, iso, isoOrNull, namedZone } from '../shapes.ts';

const weekday = z.int().min(1).max(7);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time like 09:00');

const settings = {
  enabled: z.boolean(),
  language: z.enum(LANGUAGES),
  zone: z.string().describe('IANA zone'),
  send_at: z.string().describe('In that zone, like 09:00'),
  weekdays: z.array(weekday).describe('1 is Monday; empty: every day'),
  topics: z.array(z.string()).describe('Keys; empty: all'),
  when_quiet: z.boolean().describe('Also when there is nothing to tell'),
  weekly_on: weekday.nullable().describe('Weekday of a weekly report; null: none'),
  monthly_on: z.int().min(1).max(28).nullable().describe('Day of a monthly report; null: none'),
};

const recipientSchema = z
  .object({
    email: z.string(),
    ...settings,
    unsubscribed_at: at.nullable().describe('Since when this person wishes to get nothing'),
    next_at: at.describe('When the next one is due, if any goes out'),
    origin: z.enum(['config', 'user']).describe('user: the configuration has no say any more'),
  })
  .meta({ id: 'DigestRecipient' });

const recipientOf = (one: DigestRecipient): z.input<typeof recipientSchema> => ({
  email: one.email,
  enabled: one.enabled,
  language: one.language,
  zone: one.zone,
  send_at: one.sendAt,
  weekdays: one.weekdays ?? [],
  topics: one.topics ?? [],
  when_quiet: one.whenQuiet,
  weekly_on: one.weeklyOn,
  monthly_on: one.monthlyOn,
  unsubscribed_at: isoOrNull(one.unsubscribedAt),
  next_at: iso(one.nextRunAt),
  origin: one.origin,
});

const written = z.strictObject({
  ...settings,
  enabled: settings.enabled.default(true),
  zone: namedZone.describe('IANA zone'),
  send_at: time.default('09:00').describe('In that zone'),
  weekdays: settings.weekdays.max(7).default([]).describe('1 is Monday; empty: every day'),
  topics: z.array(z.string().max(64)).max(500).default([]).describe('Keys; empty: all'),
  when_quiet: settings.when_quiet.default(true),
  weekly_on: settings.weekly_on.default(null),
  monthly_on: settings.monthly_on.default(null),
});

const byEmail = z.strictObject({ email: z.email().max(254) });
type ByEmail = z.output<typeof byEmail>;

const find = ({ db }: DashboardDeps, { email }: ByEmail): Promise<DigestRecipient | null> =>
  findRecipient(db, email.toLowerCase());

function toForm(email: string, body: z.output<typeof written>): DigestForm {
  const { enabled, language, zone, weekdays, topics } = body;
  return {
    email,
    enabled,
    language,
    zone,
    sendAt: body.send_at,
    weekdays: [...new Set(weekdays)].sort(),
    topics: [...new Set(topics)],
    whenQuiet: body.when_quiet,
    weeklyOn: body.weekly_on,
    monthlyOn: body.monthly_on,
  };
}

/** Kept as the form of the page Digests keeps it. */
async function save(deps: DashboardDeps, call: Call<ByEmail, unknown, z.output<typeof written>>) {
  const { params, body, actor } = call;
  const known = await find(deps, params);
  // On the page somebody sees that; a program that sends the same every night would not.
  if (known?.unsubscribedAt && body.enabled)
    return refuse({
      status: 409,
      code: 'unsubscribed',
      title: 'This person has unsubscribed, and can be sent something again on the page Digests only',
    });
  const form = toForm(known?.email ?? params.email, body);
  const mistakes = mistakesIn(form, await listTopics(deps.db));
  const t = translator('en');
  if (mistakes.length > 0)
    return refuse({
      status: 422,
      code: 'invalid-digest',
      title: 'The settings were not saved',
      errors: mistakes.map((key) => ({
        in: 'body',
        pointer: key === 'digest.bad.topic' ? '#/topics' : '#',
        detail: t(key),
      })),
    });
  await keepDigest(deps, form, actor);
  return { ...recipientOf(found(await find(deps, params), 'recipient')), created: known === null };
}

async function preview(deps: DashboardDeps, call: Call<ByEmail>) {
  // It names customers.
  if (!call.may('customers:read'))
    return refuse({
      status: 403,
      code: 'insufficient-scope',
      title: 'Digests name customers: a preview needs the scope customers:read, too',
    });
  const recipient = found(await find(deps, call.params), 'recipient');
  const { subject, html, text } = await deps.digests.preview(recipient);
  return { subject, html: withoutPersonalLinks(html), text: withoutPersonalLinks(text) };
}

async function send(deps: DashboardDeps, { params, actor }: Call<ByEmail>) {
  const recipient = found(await find(deps, params), 'recipient');
  if (!deps.digests.hasMail)
    return refuse({ status: 409, code: 'no-mail', title: 'No mail server is configured' });
  const digest = await sendDigest(deps, recipient, actor);
  if (digest !== null) return { digest };
  return refuse({ status: 409, code: 'again', title: 'It went to this person within this minute' });
}

export const digestRecipients = [
  operation({
    id: 'listDigestRecipients',
    method: 'get',
    path: '/digest-recipients',
    scope: 'digests:read',
    summary: 'List who gets digests and reports, and when; also those who get nothing at present',
    answer: z.object({ data: z.array(recipientSchema) }),
    handle: async ({ db }) => ({ data: (await listAllRecipients(db)).map(recipientOf) }),
  }),
  operation({
    id: 'readDigestRecipient',
    method: 'get',
    path: '/digest-recipients/{email}',
    scope: 'digests:read',
    summary: 'Read the settings of one of them',
    params: byEmail,
    answer: recipientSchema,
    handle: async (deps, { params }) => recipientOf(found(await find(deps, params), 'recipient')),
  }),
  operation({
    id: 'saveDigestRecipient',
    method: 'put',
    path: '/digest-recipients/{email}',
    scope: 'digests:write',
    summary: 'Say what somebody gets, and when',
    detail:
      'From then on the configuration has no say in it. Whoever has unsubscribed is not subscribed again.',
    params: byEmail,
    body: written,
    answer: recipientSchema.extend({ created: z.boolean().describe('There was none of this address') }),
    statusOf: ({ created }) => (created ? 201 : 200),
    handle: save,
  }),
  operation({
    id: 'previewDigest',
    method: 'get',
    path: '/digest-recipients/{email}/preview',
    scope: 'digests:read',
    summary: 'Read the digest that somebody would get now; nothing is sent',
    detail: 'Needs the scope customers:read, too. Links that are the reader’s own are dead in it.',
    params: byEmail,
    answer: z.object({ subject: z.string(), html: z.string(), text: z.string() }),
    handle: preview,
  }),
  operation({
    id: 'sendDigest',
    method: 'post',
    path: '/digest-recipients/{email}/send',
    scope: 'digests:write',
    summary: 'Send somebody the digest now, besides those that go by the clock',
    params: byEmail,
    answer: z.object({ digest: id.describe('Its number among the digests') }),
    status: 201,
    handle: send,
  }),
];
