import { z } from 'zod';
import type { Estimate } from '../model/estimate.ts';
import type { ClassScore, Fall, GroupFigures, Scorecard } from '../model/scorecard.ts';
import { type Command, register } from './command.ts';

const percent = (share: number): string => (share * 100).toFixed(0);

function shown(estimate: Estimate | null): string {
  if (!estimate) return '–';
  return `${percent(estimate.value)} (${percent(estimate.low)}–${percent(estimate.high)})`;
}

const day = (at: Date): string => at.toISOString().slice(0, 10);

function groupName({ language, sourceKind }: GroupFigures): string {
  return language === null ? 'all' : sourceKind === null ? language : `${language} ${sourceKind}`;
}

function classLine({ name, said, truths, precision, recall, f1 }: ClassScore): string {
  return `    ${name}\tprecision ${shown(precision)} of ${said}\trecall ${shown(recall)} of ${truths}\tF1 ${shown(f1)}`;
}

function groupLines(group: GroupFigures): string[] {
  const { measure, version, isNewest, from, to, labels, f1, classes } = group;
  const models = isNewest ? '' : ', earlier models';
  const head = `${measure}, ${groupName(group)}: ${measure === 'tone' ? 'macro-F1' : 'F1'} ${shown(f1)}`;
  return [
    `${head}\t${labels} labels\t${day(from)} – ${day(to)}\tversion ${version || 'unknown'}${models}`,
    ...classes.map(classLine),
  ];
}

function fallLine({ measure, language, later, earlier, difference, isNewVersion }: Fall): string {
  const points = `${percent(-difference.value)} points (${percent(-difference.high)}–${percent(-difference.low)})`;
  const why = isNewVersion
    ? 'the models were changed'
    : 'the models are the same: people write of other things';
  return `WORSE: ${measure}, ${language}: ${percent(earlier.value)} → ${percent(later.value)}, ${points}; ${why}`;
}

function progressLine({ sample }: Scorecard): string {
  if (!sample) return 'nothing was drawn yet: a sample is drawn on Mondays, or on the scorecard page at once';
  const { labelled, skipped, open, from, to } = sample;
  return `sample of ${day(from)} – ${day(to)}: ${labelled} labelled, ${skipped} skipped, ${open} to label on the scorecard page`;
}

function report(card: Scorecard): string {
  const { groups, falls, covered } = card;
  const intervals = 'percent, with 95 % intervals; estimates for all mentions of these weeks';
  const figures =
    groups.length === 0
      ? ['nothing was labelled in the last 16 weeks']
      : [
          `${intervals}${covered !== null && covered < 1 ? `, of which the labels cover ${percent(covered)} %` : ''}`,
          ...groups.flatMap(groupLines),
        ];
  const next =
    falls.length > 0 ? ['Next: look at the mistakes on the scorecard page, then: molva model train'] : [];
  return [progressLine(card), ...figures, ...falls.map(fallLine), ...next].join('\n');
}

const scorecard: Command<Record<string, never>> = {
  name: 'scorecard',
  summary: 'how well the taggers do, by what people labelled; exit code 1 when a figure has fallen',
  example: 'molva scorecard --json',
  args: z.strictObject({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const { readScorecard } = await import('../jobs/scorecard/read.ts');
    const card = await readScorecard(jobs);
    out.data(card, report(card));
    return card.falls.length > 0 ? 1 : 0;
  },
};

export const commands = [register(scorecard)];
