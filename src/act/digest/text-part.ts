import type { DigestData } from './data.ts';
import { oneLine } from './excerpt.ts';
import { DIGEST_LIMITS, EXCERPT, isKnown, isQuiet, NAME, shown, totalDuties } from './shape.ts';
import { block, joined, linkLine } from './text-block.ts';
import { complaintLines, dutyLines, newsLines, storyLines } from './text-rows.ts';
import { changesBlock, topicsBlock, voiceBlock } from './text-topics.ts';
import type { Wording } from './wording.ts';

/** The same digest for those who read mail as text: nothing is missing from it. */
export function textPart(data: DigestData, words: Wording): string {
  const { from, to } = data.period;
  const quiet = isQuiet(data);
  return joined([
    `${words.say('product')}. ${words.say('title')}\n${words.say('period', { from: words.time(from), to: words.time(to) })}`,
    quiet ? words.say(data.sourceErrors.length > 0 ? 'quietTrouble' : 'quietText') : '',
    dutiesBlock(data, words),
    block(words, words.say('complaints'), shown(data.complaints, DIGEST_LIMITS.complaints), (row) =>
      complaintLines(row, words),
    ),
    reviewsBlock(data, words),
    changesBlock(quiet ? data.topics.filter(isKnown) : data.topics, words),
    block(words, words.say('stories'), shown(data.stories, DIGEST_LIMITS.stories), (row) =>
      storyLines(row, words),
    ),
    quiet ? '' : voiceBlock(data.topics, words),
    quiet ? '' : topicsBlock(data.topics, words),
    block(words, words.say('news'), shown(data.news, DIGEST_LIMITS.news), (row) => newsLines(row, words)),
    block(words, words.say('sources'), shown(data.sourceErrors, DIGEST_LIMITS.sources), (row) => [
      `- ${oneLine(row.name, NAME)}: ${oneLine(row.message, EXCERPT)}`,
    ]),
    footer(data, words),
  ]);
}

function dutiesBlock(data: DigestData, words: Wording): string {
  const { items } = shown(data.duties, DIGEST_LIMITS.duties);
  const rows = { items, left: Math.max(0, totalDuties(data) - items.length) };
  const title = `${words.say('duties')}\n${words.duties(data.dutyCounts)}`;
  return block(words, title, rows, (duty) => dutyLines(duty, words, data.period.to));
}

function reviewsBlock({ reviews, dashboardUrl }: DigestData, words: Wording): string {
  if (reviews === 0) return '';
  const link = linkLine(words.say('openReviews'), `${dashboardUrl.replace(/\/$/, '')}/review`);
  return `${words.count('reviewCount', reviews)}\n${link}`;
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
