import { textBar, textToneBar, textTones } from './chart.ts';
import type { DigestMention, DigestTopic } from './data.ts';
import { oneLine } from './excerpt.ts';
import {
  type Change,
  changesOf,
  changeWord,
  DIGEST_LIMITS,
  EXCERPT,
  mentionsOf,
  NAME,
  shown,
  titleOf,
  type Voice,
  voicesOf,
} from './shape.ts';
import { block, plainUrl } from './text-block.ts';
import { actionLines } from './text-rows.ts';
import type { Wording } from './wording.ts';

function changeLines(change: Change, words: Wording): string[] {
  const { topic, count, usual } = change;
  const longest = Math.max(count, usual.high, 1);
  return [
    `* ${oneLine(topic, NAME)} · ${words.say(changeWord(change))}`,
    `  ${textBar(count / longest)} ${words.say('now')} ${words.number(count)}`,
    `  ${textBar(usual.typical / longest, '▒')} ${words.usual(usual)}`,
  ];
}

export function changesBlock(topics: readonly DigestTopic[], words: Wording): string {
  if (topics.length === 0) return '';
  const found = changesOf(topics);
  const title = words.say('changes');
  const heading = title.toLocaleUpperCase(words.language);
  if ('needed' in found)
    return `${heading}\n\n${words.say('changesLittle', { times: found.times, needed: found.needed })}`;
  if (found.length === 0) return `${heading}\n\n${words.say('changesNone')}`;
  const hint = `${heading}\n${words.say('changesHint')}`;
  return block(words, hint, shown(found, DIGEST_LIMITS.changes), (change) => changeLines(change, words));
}

function voiceLines({ topic, total, share, usual }: Voice, words: Wording): string[] {
  const before = usual === null ? '' : `, ${words.say('voiceUsual', { share: words.percent(usual) })}`;
  return [
    `* ${oneLine(topic, NAME)} · ${words.percent(share)} · ${words.number(total)}${before}`,
    `  ${textBar(share)}`,
  ];
}

export function voiceBlock(topics: readonly DigestTopic[], words: Wording): string {
  return block(words, words.say('voice'), shown(voicesOf(topics), DIGEST_LIMITS.voice), (voice) =>
    voiceLines(voice, words),
  );
}

function mentionLines(mention: DigestMention, words: Wording): string[] {
  const who = [mention.author ?? '', mention.site].filter(Boolean).map((part) => oneLine(part, NAME));
  const title = titleOf(mention, words);
  return [
    `  - ${title}`,
    `    ${[words.tone(mention.sentiment), ...who].join(' · ')}`,
    mention.title === null ? '' : `    ${oneLine(mention.excerpt, EXCERPT)}`,
    plainUrl(mention.url) && `    ${plainUrl(mention.url)}`,
    ...actionLines(mention.actions, words, '    '),
  ];
}

function topicLines(topic: DigestTopic, words: Wording, place: number): string[] {
  const total = topic.total === 0 ? words.say('noMentions') : words.count('mentionCount', topic.total);
  return [
    `* ${oneLine(topic.name, NAME)} · ${total} (${words.usual(topic.usual.total)})`,
    ...(topic.total > 0 ? [`  ${textToneBar(topic)}`, `  ${textTones(topic, words)}`] : []),
    ...mentionsOf(topic, place).flatMap((mention) => mentionLines(mention, words)),
  ];
}

export function topicsBlock(topics: readonly DigestTopic[], words: Wording): string {
  return block(words, words.say('topics'), shown(topics, DIGEST_LIMITS.topics), (topic, place) =>
    topicLines(topic, words, place),
  );
}
