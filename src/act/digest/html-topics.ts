import { html, type Markup, safeHref } from '../../lib/html.ts';
import { barGroup, toneBar, toneWords } from './chart.ts';
import type { DigestMention, DigestTopic } from './data.ts';
import { oneLine } from './excerpt.ts';
import { foreign, INK, LINK, MUTED, note, paragraph, section } from './frame.ts';
import { actionLine } from './html-duties.ts';
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
import type { Wording } from './wording.ts';

function changeRow(change: Change, words: Wording): Markup {
  const { topic, count, usual } = change;
  const longest = Math.max(count, usual.high, 1);
  return barGroup(oneLine(topic, NAME), `· ${words.say(changeWord(change))}`, [
    { length: count / longest, words: `${words.say('now')} ${words.number(count)}`, fill: 'now' },
    { length: usual.typical / longest, words: words.usual(usual), fill: 'usual' },
  ]);
}

/** What is not as on the same weekdays before; says so also when all is, or when nobody can tell yet. */
export function changesSection(topics: readonly DigestTopic[], words: Wording): Markup | null {
  if (topics.length === 0) return null;
  const found = changesOf(topics);
  const title = words.say('changes');
  if ('needed' in found)
    return section(title, null, [
      paragraph(words.say('changesLittle', { times: found.times, needed: found.needed })),
    ]);
  if (found.length === 0) return section(title, null, [paragraph(words.say('changesNone'))]);
  const { items, left } = shown(found, DIGEST_LIMITS.changes);
  const more = left > 0 ? [note(words.say('more', { count: words.number(left) }))] : [];
  return section(title, null, [
    note(words.say('changesHint')),
    ...items.map((change) => changeRow(change, words)),
    ...more,
  ]);
}

function voiceRow({ topic, total, share, usual }: Voice, words: Wording): Markup {
  const hint = usual === null ? '' : `· ${words.say('voiceUsual', { share: words.percent(usual) })}`;
  return barGroup(oneLine(topic, NAME), hint, [
    { length: share, words: `${words.percent(share)} · ${words.number(total)}`, fill: 'now' },
  ]);
}

export function voiceSection(topics: readonly DigestTopic[], words: Wording): Markup | null {
  const { items, left } = shown(voicesOf(topics), DIGEST_LIMITS.voice);
  if (items.length === 0) return null;
  const more = left > 0 ? [note(words.say('more', { count: words.number(left) }))] : [];
  return section(words.say('voice'), null, [...items.map((voice) => voiceRow(voice, words)), ...more]);
}

function mentionRow(mention: DigestMention, words: Wording): Markup {
  const who = [mention.author ?? '', mention.site]
    .filter((part) => part !== '')
    .map((part) => foreign(oneLine(part, NAME)));
  const title = titleOf(mention, words);
  return html`<p class="ink" style="margin:10px 0 0;${INK}"><a class="link" href="${safeHref(mention.url)}" style="${LINK}">${foreign(title)}</a></p>
<p class="muted" style="margin:0;font-size:13px;line-height:18px;${MUTED}">${words.tone(mention.sentiment)}${who.map((part) => [' · ', part])}</p>
${mention.title !== null && html`<p class="ink" style="margin:2px 0 0;font-size:14px;line-height:20px;${INK}">${foreign(oneLine(mention.excerpt, EXCERPT))}</p>`}
${actionLine(mention.actions, words)}`;
}

function topicRow(topic: DigestTopic, words: Wording, place: number): Markup {
  const total = topic.total === 0 ? words.say('noMentions') : words.count('mentionCount', topic.total);
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px;"><tr><td style="text-align:left;">
<p class="ink" style="margin:0;${INK}"><strong>${foreign(oneLine(topic.name, NAME))}</strong> · ${total}</p>
${note(words.usual(topic.usual.total))}
${topic.total > 0 && toneBar(topic)}
${topic.total > 0 && note(toneWords(topic, words))}
${mentionsOf(topic, place).map((mention) => mentionRow(mention, words))}
</td></tr></table>`;
}

export function topicsSection(topics: readonly DigestTopic[], words: Wording): Markup | null {
  const { items, left } = shown(topics, DIGEST_LIMITS.topics);
  if (items.length === 0) return null;
  const more = left > 0 ? [note(words.say('more', { count: words.number(left) }))] : [];
  return section(words.say('topics'), null, [
    ...items.map((topic, place) => topicRow(topic, words, place)),
    ...more,
  ]);
}
