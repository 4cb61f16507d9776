import { z } from 'zod';
import { REASONS, SEVERITIES, TIER_NAMES } from '../../src/act/digest/texts.ts';
import { html, type Markup, safeHref } from '../../src/lib/html.ts';
import type { Language } from '../../src/model/user.ts';
import type { Reply } from '../loopback.ts';
import { type Say, sayIn } from '../texts/screens.ts';
import { screen, shortTime } from './screen.ts';

export interface ReceivedEvent {
  /** `webhook-id`. */
  id: string;
  firstAt: Date;
  lastAt: Date;
  /** 1 when it came once. */
  times: number;
  /** The parsed body, of any shape. */
  body: unknown;
}

/** As much of the payload as the page shows; see `CasePayload`. */
const Shape = z.object({
  type: z.string(),
  data: z.object({
    case: z.object({
      severity: z.union([z.literal(1), z.literal(2), z.literal(3)]),
      reason: z.enum(['delivery', 'price', 'staff', 'quality', 'service', 'app', 'fraud', 'other']),
      opened_at: z.coerce.date(),
      due_at: z.coerce.date(),
      link: z.string(),
    }),
    customer: z.object({
      external_id: z.string(),
      name: z.string(),
      tier: z.enum(['MVC', 'MGC', 'BZC']).nullable(),
      matched_by: z.array(z.object({ masked: z.string() })).default([]),
    }),
    topic: z.object({ name: z.string() }),
    document: z.object({
      url: z.string(),
      title: z.string().nullable(),
      text: z.string(),
      author: z.object({ site: z.string(), handle: z.string() }),
    }),
  }),
});
type CaseData = z.infer<typeof Shape>['data'];

export function crmPage(events: readonly ReceivedEvent[], refused: number, language: Language): Reply {
  const say = sayIn(language);
  const cards = [...events].reverse().map((event) => eventCard(event, language, say));
  const content = html`<h1>${say('crmTitle')}</h1>
<p class="soft">${say('crmAbout')}</p>
<p class="soft">${say('cases')}: <strong>${events.length}</strong> · ${say('refused')}: <strong>${refused}</strong></p>
${cards.length === 0 ? html`<div class="card">${say('crmEmpty')}</div>` : cards}`;
  return screen(language, `${say('crmTitle')} (${events.length})`, content, 3);
}

function eventCard(event: ReceivedEvent, language: Language, say: Say): Markup {
  const known = Shape.safeParse(event.body);
  return html`<section class="card">
${known.success ? caseBlock(known.data.data, language, say) : html`<pre>${JSON.stringify(event.body, null, 2)}</pre>`}
<p class="soft">${known.success && html`${known.data.type} · `}${say('arrived')} ${shortTime(event.firstAt, language)} · ${say('times')}: ${event.times} · ${say('signature')}<br>webhook-id: ${event.id}</p>
</section>
`;
}

function caseBlock(data: CaseData, language: Language, say: Say): Markup {
  const { customer, document } = data;
  const signs = customer.matched_by.map((evidence) => evidence.masked).join(', ');
  return html`<h2>${customer.name}</h2>
<div class="row soft"><span>${customer.external_id}</span>${customer.tier && html`<span class="tag" title="${TIER_NAMES[customer.tier][language]}">${customer.tier}</span><span>${TIER_NAMES[customer.tier][language]}</span>`}${signs !== '' && html`<span>${say('recognised')} ${signs}</span>`}</div>
<div class="row"><span class="tag s${data.case.severity}">${say('severity')}: ${SEVERITIES[data.case.severity][language]}</span><span class="tag">${say('reason')}: ${REASONS[data.case.reason][language]}</span><span class="tag">${data.topic.name}</span></div>
${document.title !== null && html`<p><strong>${document.title}</strong></p>`}
<blockquote dir="auto">${document.text.slice(0, 2000)}</blockquote>
<p class="soft">${document.author.handle} · ${document.author.site} · ${say('opened')} ${shortTime(data.case.opened_at, language)} · ${say('due')} ${shortTime(data.case.due_at, language)}</p>
<p><a href="${safeHref(document.url)}" rel="noreferrer">${say('toPost')}</a> · <a href="${safeHref(data.case.link)}" rel="noreferrer">${say('toCase')}</a></p>`;
}
