import { z } from 'zod';
import type { Training } from '../jobs/models/train.ts';
import type { Switched } from '../jobs/models/use.ts';
import { InputError } from '../lib/errors.ts';
import type { ModelId } from '../model/ids.ts';
import { type Command, type ExitCode, type Output, register } from './command.ts';
import { comparisonText } from './model-text.ts';

const SHIPPED = 'shipped';
const ACTOR = 'cli';

function readId(word: string): ModelId | null {
  if (word === SHIPPED) return null;
  if (/^\d{1,15}$/.test(word)) return Number(word) as ModelId;
  throw new InputError([
    { at: 'id', message: `write a number of molva model list, or ${SHIPPED}; ${word} is neither` },
  ]);
}

function whatIsMissing({ corrections, heldOut, questions }: Training, least: Least): string {
  const rows = questions.map(({ question, model, language, lessons, mistakes, outcome }) => {
    const about = `  ${question}${model === 'towards' ? ' towards topics' : ''}, ${language}: ${lessons} to learn from, ${mistakes} of them mistakes`;
    return outcome === 'no better'
      ? `${about}: nothing that holds for others was found in them`
      : `${about}: ${least.lessons} and ${least.mistakes} are needed`;
  });
  return [
    `nothing was learned from ${corrections} corrections (${heldOut} of them are kept for measuring)`,
    ...rows,
    'Correct tone and complaints on the pages of posts, and say Right where they are right: both count.',
  ].join('\n');
}

interface Least {
  lessons: number;
  mistakes: number;
}

const train: Command<object> = {
  name: 'model train',
  summary: 'learn from the corrections of this installation; nothing changes until `model use`',
  example: 'molva model train',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const { trainModel } = await import('../jobs/models/train.ts');
    const { LEAST_LESSONS, LEAST_MISTAKES } = await import('../understand/adapt/learn.ts');
    const training = await trainModel(jobs, ACTOR, (progress) => out.message(progress));
    if (!training.made) {
      out.message(whatIsMissing(training, { lessons: LEAST_LESSONS, mistakes: LEAST_MISTAKES }));
      return 1;
    }
    const { id, comparison } = training.made;
    out.data(
      training,
      `model ${id}\n${comparisonText(comparison)}\n\`molva model use ${id}\` uses it from then on`,
    );
    return 0;
  },
};

const compare: Command<{ id: string | null }> = {
  name: 'model compare',
  arguments: '[id]',
  summary: 'hold what is in use and a model (the newest) against corrections that neither has learned from',
  example: 'molva model compare 3',
  args: z.object({ id: z.string().nullable() }),
  read: ([id]) => ({ id: id ?? null }),
  run: async ({ jobs }, { id }, out) => {
    const { compareStored } = await import('../jobs/models/compare-stored.ts');
    const told = await compareStored(jobs, id === null ? 'newest' : readId(id));
    out.data(told, `in use against ${told.id ?? SHIPPED}\n${comparisonText(told.comparison)}`);
    return 0;
  },
};

function tellSwitch({ model, retag }: Switched, inServer: boolean, out: Output): ExitCode {
  if (!inServer && retag.run !== null)
    out.message('no server is running: stored posts are tagged again when one starts');
  const again =
    retag.run === null
      ? 'no stored post has to be tagged again'
      : `${retag.documents} stored posts are tagged again in the background; \`molva topics list\` tells how far it is`;
  out.data({ model, retag }, `in use now: ${model ?? SHIPPED}; ${again}`);
  return 0;
}

const use: Command<{ id: string; force: boolean }> = {
  name: 'model use',
  arguments: '<id>',
  options: [['--force', 'also when it is worse than what is in use']],
  summary: `use what was learned from now on, and tag what is stored again; \`${SHIPPED}\`: the models as they came`,
  example: 'molva model use 3',
  args: z.object({ id: z.string(), force: z.boolean() }),
  read: ([id], options) => ({ id, force: options.force === true }),
  run: async ({ jobs, inServer }, { id, force }, out) => {
    const { useModel } = await import('../jobs/models/use.ts');
    const { comparison, ...switched } = await useModel(jobs, readId(id), { by: ACTOR, mayBeWorse: force });
    if (comparison) out.message(comparisonText(comparison).split('\n').at(-1) ?? '');
    return tellSwitch(switched, inServer, out);
  },
};

const rollback: Command<object> = {
  name: 'model rollback',
  summary: 'use again what was used before',
  example: 'molva model rollback',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs, inServer }, _args, out) => {
    const { rollBackModel } = await import('../jobs/models/use.ts');
    return tellSwitch(await rollBackModel(jobs, ACTOR), inServer, out);
  },
};

const list: Command<object> = {
  name: 'model list',
  summary: 'what was learned, when, from how many corrections, and what is in use',
  example: 'molva model list',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const { listModels, modelInUse } = await import('../store/models.ts');
    const { isApplied } = await import('../jobs/models/follow.ts');
    const inUse = await modelInUse(jobs.db);
    const isLeftOut = inUse !== null && !isApplied(jobs.resources, inUse);
    if (isLeftOut)
      out.message(
        `model ${inUse.id} was made for other shipped models and is not used: train anew with molva model train`,
      );
    out.data(
      { model: SHIPPED, inUse: inUse === null || isLeftOut },
      `${SHIPPED}\t${inUse === null || isLeftOut ? 'in use' : ''}`,
    );
    for (const model of await listModels(jobs.db)) {
      const isInUse = model.id === inUse?.id && !isLeftOut;
      const { cases, mended, broken, verdict } = model.figures.heldOut;
      out.data(
        { ...model, inUse: isInUse },
        `${model.id}\t${isInUse ? 'in use' : ''}\t${model.madeAt.toISOString()}\t${model.by}\t${model.corrections} corrections\tof ${cases} unseen ${mended} mended, ${broken} broken: ${verdict}\t${Math.ceil(model.size / 1000)} kB`,
      );
    }
    return 0;
  },
};

export const commands = [
  register(train),
  register(compare),
  register(use),
  register(rollback),
  register(list),
];
