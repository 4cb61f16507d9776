import { html, type Markup } from '../../lib/html.ts';
import type { Report } from '../../model/report.ts';
import { labelledBars, textLabelledBars } from '../digest/chart.ts';
import { oneLine } from '../digest/excerpt.ts';
import { frame, INK, link, note, paragraph, section } from '../digest/frame.ts';
import { newsSection, storiesSection } from '../digest/html-stories.ts';
import { changesSection, topicsSection, voiceSection } from '../digest/html-topics.ts';
import { DIGEST_LIMITS, NAME, shown } from '../digest/shape.ts';
import { block, joined, linkLine } from '../digest/text-block.ts';
import { newsLines, storyLines } from '../digest/text-rows.ts';
import { changesBlock, topicsBlock, voiceBlock } from '../digest/text-topics.ts';
import { TONES } from '../digest/texts.ts';
import { type Wording, wordingFor } from '../digest/wording.ts';
import type { ReportFacts } from './facts.ts';

/** Why it is in somebody's mail, and how to stop it; null: it is in nobody's. */
export type ReportReader = { email: string; unsubscribeUrl: string } | null;

interface Drawing {
  facts: ReportFacts;
  words: Wording;
  title: string;
  when: string;
  /** Of the report, on the dashboard. */
  url: string;
  reader: ReportReader;
}

const KIND_TITLES = { weekly: 'reportWeek', monthly: 'reportMonth', hand: 'reportHand' } as const;
const HOUR_MS = 3_600_000;

function dayOf(key: string): Date {
  return new Date(`${key}T12:00:00Z`);
}

function barsOf({ steps, stepDays }: ReportFacts, words: Wording) {
  const most = Math.max(1, ...steps.map(({ total }) => total));
  return steps.map(({ day, total, negative }) => ({
    label: stepDays === 1 ? words.weekdayAndDay(dayOf(day)) : words.plainDay(dayOf(day)),
    length: total / most,
    words:
      negative === 0
        ? words.number(total)
        : `${words.number(total)} · ${TONES.negative.mark} ${words.number(negative)}`,
  }));
}

function placesOf({ places }: ReportFacts, words: Wording) {
  const most = Math.max(1, ...places.map(({ total }) => total));
  return places.map(({ name, total }) => ({
    label: oneLine(name, NAME),
    length: total / most,
    words: words.number(total),
  }));
}

/** Each a name and a value. */
function workOf({ cases }: ReportFacts, words: Wording): [string, string][] {
  const { opened, answered, closed, missed, medianMs } = cases;
  const half =
    medianMs === null
      ? words.say('workNone')
      : words.say('workHours', { hours: words.tenths(medianMs / HOUR_MS) });
  return [
    [words.say('workOpened'), words.number(opened)],
    [words.say('workAnswered'), words.number(answered)],
    [words.say('workClosed'), words.number(closed)],
    [words.say('workMissed'), words.number(missed)],
    [words.say('workMedian'), half],
  ];
}

function leadOf({ topics }: ReportFacts, words: Wording): string {
  const sum = (what: 'total' | 'negative' | 'unsure') => topics.reduce((all, topic) => all + topic[what], 0);
  const tones = (['negative', 'unsure'] as const).map(
    (label) => `${words.tone(label)} ${words.number(sum(label))}`,
  );
  return [words.count('mentionCount', sum('total')), ...tones].join(' · ');
}

function htmlOf({ facts, words, title, when, url, reader }: Drawing): string {
  const { topics, steps, stories, news, places } = facts;
  const work = workOf(facts, words).map(
    ([name, value]) =>
      html`<p class="ink" style="margin:0 0 4px;${INK}">${name}: <strong>${value}</strong></p>`,
  );
  const sections: (Markup | null)[] = [
    section(words.say('reportAll'), null, [paragraph(leadOf(facts, words))]),
    changesSection(topics, words),
    steps.length > 1
      ? section(words.say(facts.stepDays === 1 ? 'byDays' : 'bySteps', { days: facts.stepDays }), null, [
          note(words.say('barsHint')),
          labelledBars(barsOf(facts, words)),
        ])
      : null,
    voiceSection(topics, words),
    topicsSection(topics, words),
    storiesSection(stories, words),
    newsSection(news, words),
    places.length > 0 ? section(words.say('places'), null, [labelledBars(placesOf(facts, words))]) : null,
    section(words.say('work'), null, work),
  ];
  const why =
    reader &&
    html`${words.say('why', { email: oneLine(reader.email, NAME) })} ${link(reader.unsubscribeUrl, words.say('unsubscribe'))}`;
  const foot = [html`${words.say('frozen')}`, ...(why ? [why] : [])];
  return frame(
    { title, when, dashboardUrl: url, zone: facts.zone, foot, open: words.say('openReport') },
    words,
    leadOf(facts, words),
    sections.filter((part) => part !== null),
  );
}

function textOf({ facts, words, title, when, url, reader }: Drawing): string {
  const { topics, steps, stories, news, places } = facts;
  const upper = (text: string) => text.toLocaleUpperCase(words.language);
  const bars = words.say(facts.stepDays === 1 ? 'byDays' : 'bySteps', { days: facts.stepDays });
  return joined([
    `${words.say('product')}. ${title}\n${when}`,
    leadOf(facts, words),
    changesBlock(topics, words),
    steps.length > 1
      ? `${upper(bars)}\n${words.say('barsHint')}\n\n${textLabelledBars(barsOf(facts, words))}`
      : '',
    voiceBlock(topics, words),
    topicsBlock(topics, words),
    block(words, words.say('stories'), shown(stories, DIGEST_LIMITS.stories), (row) =>
      storyLines(row, words),
    ),
    block(words, words.say('news'), shown(news, DIGEST_LIMITS.news), (row) => newsLines(row, words)),
    places.length > 0 ? `${upper(words.say('places'))}\n\n${textLabelledBars(placesOf(facts, words))}` : '',
    `${upper(words.say('work'))}\n\n${workOf(facts, words)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')}`,
    [
      '-- ',
      linkLine(words.say('openReport'), url).trim(),
      words.say('frozen'),
      `${words.say('zone', { zone: facts.zone })}.`,
      ...(reader
        ? [
            words.say('why', { email: oneLine(reader.email, NAME) }),
            linkLine(words.say('unsubscribe'), reader.unsubscribeUrl).trim(),
          ]
        : []),
    ].join('\n'),
  ]);
}

/** First and last day, with the year. */
export function spanOf({ first, last }: Pick<ReportFacts, 'first' | 'last'>, words: Wording): string {
  const [from, to] = [words.fullDay(dayOf(first)), words.fullDay(dayOf(last))];
  return from === to ? from : words.say('period', { from, to });
}

/** Pure: the same facts give the same report, whatever the store says by now. */
export function renderReport(
  kind: Report['kind'],
  facts: ReportFacts,
  { url, reader }: { url: string; reader: ReportReader },
): { subject: string; html: string; text: string } {
  // Days are local dates already: they are written out as they stand.
  const words = wordingFor(facts.language, 'UTC');
  const title = words.say(KIND_TITLES[kind]);
  const when = spanOf(facts, words);
  const drawing = { facts, words, title, when, url, reader };
  const subject = words.say('reportSubject', { title: title.toLocaleLowerCase(facts.language), when });
  return { subject, html: htmlOf(drawing), text: textOf(drawing) };
}
