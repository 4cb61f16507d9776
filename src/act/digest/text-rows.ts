import type { ActionLinks } from './action-link.ts';
import { textTones } from './chart.ts';
import type { DigestComplaint, DigestDuty, DigestNews, DigestStory } from './data.ts';
import { oneLine } from './excerpt.ts';
import { EXCERPT, NAME, titleOf, urgencyOf } from './shape.ts';
import { linkLine } from './text-block.ts';
import type { Wording } from './wording.ts';

export function actionLines(actions: ActionLinks | null, words: Wording, indent = '  '): string[] {
  if (!actions) return [];
  return [
    linkLine(words.say('sayAnswered'), actions.answered, indent),
    linkLine(words.say('sayNotUs'), actions['not-us'], indent),
    linkLine(words.say('sayTone'), actions.tone, indent),
  ];
}

export function dutyLines(duty: DigestDuty, words: Wording, now: Date): string[] {
  const isLate = urgencyOf(duty.dueAt, now) === 'late';
  const due = words.say(isLate ? 'overdue' : 'due', { at: words.time(duty.dueAt) });
  const who = [oneLine(duty.customerName, NAME), words.tier(duty)].filter(Boolean).join(' · ');
  const owner =
    duty.owner === null ? words.say('nobody') : words.say('owner', { name: oneLine(duty.owner, NAME) });
  return [
    `* ${isLate ? `[${words.say('late')}] ` : ''}${who}`,
    `  ${words.severity(duty)}, ${words.reason(duty)} · ${due} · ${words.say('opened', { at: words.time(duty.openedAt) })} · ${owner}`,
    `  > ${oneLine(duty.excerpt, EXCERPT)}`,
    linkLine(words.say('openCase'), duty.link),
    ...actionLines(duty.actions, words),
  ];
}

export function complaintLines(complaint: DigestComplaint, words: Wording): string[] {
  return [
    `* ${oneLine(complaint.author, NAME)} · ${oneLine(complaint.site, NAME)}`,
    `  > ${oneLine(complaint.excerpt, EXCERPT)}`,
    linkLine(words.say('openComplaint'), complaint.link),
    ...actionLines(complaint.actions, words),
  ];
}

export function storyLines(story: DigestStory, words: Wording): string[] {
  const who = [story.author ?? '', story.site].filter(Boolean).map((part) => oneLine(part, NAME));
  return [
    `* ${titleOf(story, words)}`,
    `  ${words.carried(story)}`,
    who.length > 0 ? `  ${who.join(' · ')}` : '',
    story.title === null ? '' : `  > ${oneLine(story.excerpt, EXCERPT)}`,
    linkLine(words.say('readFirst'), story.firstLink),
    linkLine(words.say('openStory'), story.link),
  ];
}

export function newsLines(news: DigestNews, words: Wording): string[] {
  return [
    `* ${oneLine(news.phrase, NAME)} · ${oneLine(news.topic, NAME)}`,
    `  ${words.count('mentionCount', news.mentions)} · ${words.newsShare(news)}`,
    `  ${textTones(news.tones, words)}`,
    linkLine(words.say('openNews'), news.link),
  ];
}
