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
import { DIGEST_LIMITS, EXCERPT, isQuiet, NAME, shown, TITLE } from './shape.ts';
import { TONES } from './texts.ts';
import { TONE_ORDER, type Wording } from './wording.ts';

const BAR_LENGTH = 24;

/** The same digest for those who read mail as text: nothing is missing from it. */
export function textPart(data: DigestData, words: Wording): string {
  const { from, to } = data.period;
  const blocks = [
    `${words.say('product')}. ${words.say('title')}\n${words.say('period', { from: words.time(from), to: words.time(to) })}`,
    isQuiet(data) ? words.say(data.sourceErrors.length > 0 ? 'quietTrouble' : 'quietText') : '',
    block(words, 'duties', data.duties, DIGEST_LIMITS.duties, (duty) => dutyLines(duty, words, to)),
    block(words, 'complaints', data.complaints, DIGEST_LIMITS.complaints, (row) =>
      complaintLines(row, words),
    ),
    isQuiet(data)
      ? ''
      : block(words, 'topics', data.topics, DIGEST_LIMITS.topics, (row) => topicLines(row, words)),
    block(words, 'news', data.news, DIGEST_LIMITS.news, (row) => newsLines(row, words)),
    block(words, 'sources', data.sourceErrors, DIGEST_LIMITS.sources, (row) => [
      `- ${oneLine(row.name, NAME)}: ${oneLine(row.message, EXCERPT)}`,
    ]),
    footer(data, words),
  ];
  return `${blocks.filter((part) => part !== '').join('\n\n')}\n`;
}

function block<Row>(
  words: Wording,
  title: 'duties' | 'complaints' | 'topics' | 'news' | 'sources',
  rows: readonly Row[],
  limit: number,
  draw: (row: Row) => string[],
): string {
  const { items, left } = shown(rows, limit);
  if (items.length === 0) return '';
  const heading = words.say(title).toLocaleUpperCase(words.language);
  const drawn = items.map((row) => draw(row).filter(Boolean).join('\n'));
  const more = left > 0 ? [words.say('more', { count: words.number(left) })] : [];
  return [heading, ...drawn, ...more].join(title === 'sources' ? '\n' : '\n\n');
}

function dutyLines(duty: DigestDuty, words: Wording, now: Date): string[] {
  const due = words.say(duty.dueAt < now ? 'overdue' : 'due', { at: words.time(duty.dueAt) });
  const who = [oneLine(duty.customerName, NAME), words.tier(duty)].filter(Boolean).join(' · ');
  return [
    `* ${who}`,
    `  ${words.severity(duty)}, ${words.reason(duty)} · ${due} · ${words.say('opened', { at: words.time(duty.openedAt) })}`,
    `  > ${oneLine(duty.excerpt, EXCERPT)}`,
    linkLine(words.say('openCase'), duty.link),
  ];
}

function complaintLines(complaint: DigestComplaint, words: Wording): string[] {
  return [
    `* ${oneLine(complaint.author, NAME)} · ${oneLine(complaint.site, NAME)}`,
    `  > ${oneLine(complaint.excerpt, EXCERPT)}`,
    linkLine(words.say('openComplaint'), complaint.link),
  ];
}

function topicLines(topic: DigestTopic, words: Wording): string[] {
  const total = topic.total === 0 ? words.say('noMentions') : words.count('mentionCount', topic.total);
  const mentions = shown(topic.top, DIGEST_LIMITS.mentions).items;
  return [
    `* ${oneLine(topic.name, NAME)} · ${total} (${words.comparison(topic)})`,
    ...(topic.total > 0 ? [`  ${bar(topic)}`, `  ${tones(topic, words)}`] : []),
    ...mentions.flatMap((mention) => mentionLines(mention, words)),
  ];
}

function tones(counts: Record<SentimentLabel, number>, words: Wording): string {
  return TONE_ORDER.map((label) => `${words.tone(label)} ${words.number(counts[label])}`).join(' · ');
}

function newsLines(news: DigestNews, words: Wording): string[] {
  return [
    `* ${oneLine(news.phrase, NAME)} · ${oneLine(news.topic, NAME)}`,
    `  ${words.count('mentionCount', news.mentions)} · ${words.newsShare(news)}`,
    `  ${tones(news.tones, words)}`,
    linkLine(words.say('openNews'), news.link),
  ];
}

/** The shares of the tones in marks; whoever is there at all gets at least one. */
function bar(topic: DigestTopic): string {
  const sum = TONE_ORDER.reduce((total, label) => total + topic[label], 0);
  const length = (count: number) => (count === 0 ? 0 : Math.max(1, Math.round((count / sum) * BAR_LENGTH)));
  return TONE_ORDER.map((label) => TONES[label].mark.repeat(length(topic[label]))).join('');
}

function mentionLines(mention: DigestMention, words: Wording): string[] {
  const who = [mention.author ?? '', mention.site].filter(Boolean).map((part) => oneLine(part, NAME));
  const title =
    oneLine(mention.title ?? '', TITLE) || oneLine(mention.excerpt, TITLE) || words.say('untitled');
  return [
    `  - ${title}`,
    `    ${[words.tone(mention.sentiment), ...who].join(' · ')}`,
    mention.title === null ? '' : `    ${oneLine(mention.excerpt, EXCERPT)}`,
    plainUrl(mention.url) && `    ${plainUrl(mention.url)}`,
  ];
}

function footer(data: DigestData, words: Wording): string {
  return [
    '-- ',
    linkLine(words.say('openDashboard'), data.dashboardUrl).trim(),
    `${words.say('zone', { zone: data.recipient.zone })}.`,
    words.say('why', { email: oneLine(data.recipient.email, NAME) }),
    linkLine(words.say('unsubscribe'), data.unsubscribeUrl).trim(),
  ].join('\n');
}

function linkLine(label: string, url: string): string {
  const plain = plainUrl(url);
  return plain === '' ? '' : `  ${label}: ${plain}`;
}

/** An http(s) address without spaces and line breaks, or nothing. */
function plainUrl(url: string): string {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : '';
}
