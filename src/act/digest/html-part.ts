import { html, type Markup, safeHref } from '../../lib/html.ts';
import type { SentimentLabel } from '../../model/tag.ts';
import type {
  DigestComplaint,
  DigestData,
  DigestDuty,
  DigestMention,
  DigestNews,
  DigestTopic,
} from './data.ts';
import { oneLine } from './excerpt.ts';
import { foreign, frame, INK, LINK, link, MUTED, note, paragraph, section } from './frame.ts';
import { DIGEST_LIMITS, EXCERPT, isQuiet, NAME, type Shown, shown, summaryOf, TITLE } from './shape.ts';
import { TONES } from './texts.ts';
import { TONE_ORDER, type Wording } from './wording.ts';

/** Told apart with any kind of colour sight, and dark enough for the white marks inside. */
const FILLS: Record<SentimentLabel, string> = {
  negative: '#b5401f',
  neutral: '#6b7280',
  positive: '#007a63',
  unsure: '#7553b0',
};

/** Severity by fill, not by hue. */
const SEVERITY_STYLES = {
  1: 'background-color:transparent;color:#1d2126;border:1px solid #8b929c;',
  2: 'background-color:#d9dce0;color:#1d2126;border:1px solid #8b929c;',
  3: 'background-color:#1d2126;color:#ffffff;border:1px solid #1d2126;',
} as const;
const SEVERITY_CLASSES = { 1: 'ink', 2: '', 3: 'solid' } as const;

export function htmlPart(data: DigestData, words: Wording): string {
  const quiet = isQuiet(data);
  const sections = [
    quiet ? quietSection(data, words) : null,
    listSection(words, 'duties', shown(data.duties, DIGEST_LIMITS.duties), (duty) =>
      dutyRow(duty, words, data.period.to),
    ),
    listSection(words, 'complaints', shown(data.complaints, DIGEST_LIMITS.complaints), (row) =>
      complaintRow(row, words),
    ),
    quiet
      ? null
      : listSection(words, 'topics', shown(data.topics, DIGEST_LIMITS.topics), (row) => topicRow(row, words)),
    listSection(words, 'news', shown(data.news, DIGEST_LIMITS.news), (row) => newsRow(row, words)),
    sourcesSection(data, words),
  ];
  return frame(
    data,
    words,
    summaryOf(data, words),
    sections.filter((part) => part !== null),
  );
}

function quietSection(data: DigestData, words: Wording): Markup {
  const deaf = data.sourceErrors.length > 0;
  const text = words.say(deaf ? 'quietTrouble' : 'quietText');
  return section(words.say(deaf ? 'troubleTitle' : 'quietTitle'), null, [paragraph(text)]);
}

function listSection<Row>(
  words: Wording,
  title: 'duties' | 'complaints' | 'topics' | 'news',
  rows: Shown<Row>,
  draw: (row: Row) => Markup,
): Markup | null {
  if (rows.items.length === 0) return null;
  const count = title === 'topics' || title === 'news' ? null : words.number(rows.items.length + rows.left);
  const more = rows.left > 0 ? [note(words.say('more', { count: words.number(rows.left) }))] : [];
  return section(words.say(title), count, [...rows.items.map(draw), ...more]);
}

/** A row with a band at its left, like a quotation. */
function banded(content: Markup): Markup {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 14px;"><tr><td class="band" style="border-left:3px solid #1d2126;padding:0 0 0 12px;text-align:left;">${content}</td></tr></table>`;
}

function dutyRow(duty: DigestDuty, words: Wording, now: Date): Markup {
  const tier = words.tier(duty);
  const due = words.say(duty.dueAt < now ? 'overdue' : 'due', { at: words.time(duty.dueAt) });
  return banded(html`<p class="ink" style="margin:0;${INK}"><strong>${foreign(oneLine(duty.customerName, NAME))}</strong>${tier !== null && html` <span class="muted" style="font-size:13px;${MUTED}">· ${tier}</span>`}</p>
<p class="muted" style="margin:3px 0 6px;font-size:13px;line-height:20px;${MUTED}"><span class="${SEVERITY_CLASSES[duty.severity]}" style="display:inline-block;padding:0 6px;border-radius:3px;line-height:18px;${SEVERITY_STYLES[duty.severity]}">${words.severity(duty)}</span> ${words.reason(duty)} · <strong>${due}</strong> · ${words.say('opened', { at: words.time(duty.openedAt) })}</p>
${paragraph(foreign(oneLine(duty.excerpt, EXCERPT)))}
<p style="margin:0;">${link(duty.link, words.say('openCase'))}</p>`);
}

function complaintRow(complaint: DigestComplaint, words: Wording): Markup {
  return banded(html`<p class="muted" style="margin:0 0 4px;font-size:13px;line-height:18px;${MUTED}">${foreign(oneLine(complaint.author, NAME))} · ${foreign(oneLine(complaint.site, NAME))}</p>
${paragraph(foreign(oneLine(complaint.excerpt, EXCERPT)))}
<p style="margin:0;">${link(complaint.link, words.say('openComplaint'))}</p>`);
}

function topicRow(topic: DigestTopic, words: Wording): Markup {
  const mentions = shown(topic.top, DIGEST_LIMITS.mentions).items;
  const total = topic.total === 0 ? words.say('noMentions') : words.count('mentionCount', topic.total);
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px;"><tr><td style="text-align:left;">
<p class="ink" style="margin:0;${INK}"><strong>${foreign(oneLine(topic.name, NAME))}</strong> · ${total}</p>
${note(words.comparison(topic))}
${topic.total > 0 && bar(topic)}
${topic.total > 0 && note(tones(topic, words))}
${mentions.map((mention) => mentionRow(mention, words))}
</td></tr></table>`;
}

/** Table cells as wide as their share; a mark stands in those that have room for it. */
function bar(topic: DigestTopic): Markup {
  const present = TONE_ORDER.filter((label) => topic[label] > 0);
  const sum = present.reduce((total, label) => total + topic[label], 0);
  const cells = present.map((label) => {
    const share = Math.round((topic[label] / sum) * 100);
    return html`<td width="${share}%" align="center" style="width:${share}%;height:18px;padding:0;background-color:${FILLS[label]};color:#ffffff;font-size:11px;line-height:18px;">${share >= 8 ? TONES[label].mark : ''}</td>`;
  });
  return html`<table role="presentation" aria-hidden="true" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 6px;table-layout:fixed;"><tr>${cells}</tr></table>`;
}

function tones(counts: Record<SentimentLabel, number>, words: Wording): Markup {
  const parts = TONE_ORDER.map(
    (label) =>
      html`<span style="display:inline-block;white-space:nowrap;margin-right:14px;">${words.tone(label)} <strong>${words.number(counts[label])}</strong></span> `,
  );
  return html`${parts}`;
}

function mentionRow(mention: DigestMention, words: Wording): Markup {
  const who = [mention.author ?? '', mention.site]
    .filter((part) => part !== '')
    .map((part) => foreign(oneLine(part, NAME)));
  const title =
    oneLine(mention.title ?? '', TITLE) || oneLine(mention.excerpt, TITLE) || words.say('untitled');
  return html`<p class="ink" style="margin:10px 0 0;${INK}"><a class="link" href="${safeHref(mention.url)}" style="${LINK}">${foreign(title)}</a></p>
<p class="muted" style="margin:0;font-size:13px;line-height:18px;${MUTED}">${words.tone(mention.sentiment)} · ${who.map((part, index) => [index > 0 ? ' · ' : '', part])}</p>
${mention.title !== null && html`<p class="ink" style="margin:2px 0 0;font-size:14px;line-height:20px;${INK}">${foreign(oneLine(mention.excerpt, EXCERPT))}</p>`}`;
}

function newsRow(news: DigestNews, words: Wording): Markup {
  return html`<div style="margin:0 0 16px;"><p class="ink" style="margin:0;${INK}"><a class="link" href="${safeHref(news.link)}" style="${LINK}"><strong>${foreign(oneLine(news.phrase, NAME))}</strong></a> · ${foreign(oneLine(news.topic, NAME))}</p>
${note(`${words.count('mentionCount', news.mentions)} · ${words.newsShare(news)}`)}
${note(tones(news.tones, words))}</div>`;
}

function sourcesSection(data: DigestData, words: Wording): Markup | null {
  const rows = shown(data.sourceErrors, DIGEST_LIMITS.sources);
  if (rows.items.length === 0) return null;
  const lines = rows.items.map((source) =>
    paragraph(
      html`<strong>${foreign(oneLine(source.name, NAME))}</strong>: ${foreign(oneLine(source.message, EXCERPT))}`,
    ),
  );
  const more = rows.left > 0 ? [note(words.say('more', { count: words.number(rows.left) }))] : [];
  return section(words.say('sources'), words.number(data.sourceErrors.length), [...lines, ...more]);
}
