import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import { EVIDENCE_GROUPS, type MatchWeights, type WeightsVersion } from '../model/match-weights.ts';
import { type Command, register } from './command.ts';

const SHIPPED = 'shipped';
const ACTOR = 'cli';

function readVersion(word: string): number | null {
  if (word === SHIPPED) return null;
  if (/^\d{1,15}$/.test(word)) return Number(word);
  throw new InputError([
    { at: 'version', message: `write a number of molva links weights, or ${SHIPPED}; ${word} is neither` },
  ]);
}

function weightsText({ offset, groups }: MatchWeights): string {
  const words = EVIDENCE_GROUPS.map((group) => `${group} ×${groups[group].toFixed(2)}`);
  return `${words.join(', ')}, all by ${offset < 0 ? '' : '+'}${offset.toFixed(1)} bits`;
}

function lineOf(
  { version, state, learnedAt, by, decisions, weights, heldOut }: WeightsVersion,
  isInForce: boolean,
): string {
  const { before, after, error, authors } = heldOut;
  const what = isInForce ? 'in force' : state === 'active' ? 'before' : state.replace('_', ' ');
  const measured = `loss ${before.toFixed(3)} → ${after.toFixed(3)} (±${error.toFixed(3)}) on ${authors} authors held out`;
  return [
    version,
    what,
    learnedAt.toISOString(),
    by,
    `${decisions} authors decided`,
    weightsText(weights),
    measured,
  ].join('\t');
}

const weights: Command<object> = {
  name: 'links weights',
  summary:
    'how far signs are trusted when authors are matched to customers: what was learned, and what is in force',
  example: 'molva links weights',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const { listWeights } = await import('../store/match-weights.ts');
    const versions = await listWeights(jobs.db);
    const inForce = versions.find(({ state }) => state === 'active') ?? null;
    out.data(
      { version: SHIPPED, inForce: inForce === null },
      `${SHIPPED}\t${inForce === null ? 'in force' : ''}`,
    );
    for (const one of versions) {
      const isInForce = one === inForce;
      out.data({ ...one, inForce: isInForce }, lineOf(one, isInForce));
    }
    return 0;
  },
};

const learn: Command<object> = {
  name: 'links learn',
  summary:
    'learn from what people decided about authors; in force at once if it foretells better what it has not seen',
  example: 'molva links learn',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const { learnLinkWeights } = await import('../jobs/links/learn.ts');
    const { LEAST_DECISIONS, LEAST_NEW } = await import('../match/learn/learn.ts');
    const learning = await learnLinkWeights(jobs, ACTOR);
    const { made, decisions, fresh } = learning;
    if (!made) {
      out.message(
        `nothing was learned: of ${decisions} authors something was decided, of ${fresh} of them since the weights in force were learned; ${LEAST_DECISIONS} and ${LEAST_NEW} are needed`,
      );
      return 1;
    }
    const verdict =
      made.state === 'active'
        ? 'it is in force now'
        : 'it foretells no better than what is in force, which stays';
    out.data(learning, `${lineOf(made, made.state === 'active')}\n${verdict}`);
    return 0;
  },
};

const revert: Command<{ version: string }> = {
  name: 'links revert',
  arguments: '<version>',
  summary: `put an earlier version of the weights in force again; \`${SHIPPED}\`: the weights as they came`,
  example: 'molva links revert 2',
  args: z.object({ version: z.string() }),
  read: ([version]) => ({ version }),
  run: async ({ jobs }, { version: word }, out) => {
    const { revertWeights } = await import('../jobs/links/revert-weights.ts');
    const version = readVersion(word);
    await jobs.db.transaction((tx) => revertWeights(tx, jobs, { version, actor: ACTOR }));
    out.data({ inForce: version ?? SHIPPED }, `in force now: ${version ?? SHIPPED}`);
    return 0;
  },
};

export const commands = [register(weights), register(learn), register(revert)];
