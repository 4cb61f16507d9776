import { z } from 'zod';
import type { Estimate } from '../../../src/model/estimate.ts';
import { MEASURES, type Scorecard } from '../../../src/model/scorecard.ts';
import { operation } from '../operation.ts';
import { at, iso } from '../shapes.ts';

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable().meta({
  id: 'Estimate',
  description: 'With the bounds of its 95 % interval; null: there is nothing to tell it by',
});
const period = { from: at, to: at };

const scorecardSchema = z
  .object({
    sample: z
      .object({ ...period, labelled: z.int(), skipped: z.int(), open: z.int() })
      .nullable()
      .describe('How far people are with the newest sample; null: there is none'),
    groups: z
      .array(
        z.object({
          measure: z.enum(MEASURES),
          language: z.string().nullable().describe('null: all'),
          source_kind: z.string().nullable().describe('null: all'),
          version: z.string().describe('Of the tagger and its models'),
          is_newest: z.boolean(),
          ...period,
          labels: z.int(),
          f1: estimate,
          classes: z.array(
            z.object({
              name: z.string(),
              said: z.int().describe('How often the tagger says so'),
              truths: z.int().describe('How often people say so'),
              precision: estimate,
              recall: estimate,
              f1: estimate,
            }),
          ),
        }),
      )
      .describe('The newest models first'),
    weeks: z.array(z.object({ ...period, labels: z.int(), tone: estimate, complaint: estimate })),
    falls: z
      .array(
        z.object({
          measure: z.enum(MEASURES),
          language: z.string(),
          later: estimate,
          earlier: estimate,
          is_new_version: z.boolean(),
        }),
      )
      .describe('What is lower than before, beyond chance'),
    covered: z
      .number()
      .nullable()
      .describe('Share of the mentions for which the labels can speak, 0 to 1; null without any'),
  })
  .meta({ id: 'Scorecard' });

const told = (one: Estimate | null) => one && { value: one.value, low: one.low, high: one.high };
const spanOf = ({ from, to }: { from: Date; to: Date }) => ({ from: iso(from), to: iso(to) });

function groupOf(group: Scorecard['groups'][number]) {
  const { measure, language, version, labels } = group;
  return {
    measure,
    language,
    source_kind: group.sourceKind,
    version,
    is_newest: group.isNewest,
    ...spanOf(group),
    labels,
    f1: told(group.f1),
    classes: group.classes.map(({ name, said, truths, precision, recall, f1 }) => ({
      name,
      said,
      truths,
      precision: told(precision),
      recall: told(recall),
      f1: told(f1),
    })),
  };
}

const cardOf = ({ sample, groups, weeks, falls, covered }: Scorecard): z.input<typeof scorecardSchema> => ({
  sample: sample && { ...sample, ...spanOf(sample) },
  groups: groups.map(groupOf),
  weeks: weeks.map((week) => ({
    ...spanOf(week),
    labels: week.labels,
    tone: told(week.figures.tone.f1),
    complaint: told(week.figures.complaint.f1),
  })),
  falls: falls.map(({ measure, language, later, earlier, isNewVersion }) => ({
    measure,
    language,
    later: told(later),
    earlier: told(earlier),
    is_new_version: isNewVersion,
  })),
  covered,
});

export const scorecard = [
  operation({
    id: 'readScorecard',
    method: 'get',
    path: '/scorecard',
    scope: 'scorecard:read',
    summary: 'Read how well the taggers do, by what people label',
    answer: scorecardSchema,
    handle: async (deps) => cardOf(await deps.scorecard.read()),
  }),
];
