import { z } from 'zod';
import type { ScoreSummary } from '../jobs/value/score-customers.ts';
import type { Refusal } from '../model/value.ts';
import { type Command, register } from './command.ts';

function refused({ code, has, needs }: Refusal): string {
  const words: Record<Refusal['code'], string> = {
    'not-scored': 'nothing is scored yet',
    'few-repeaters': `${has} customers came back, ${needs} are needed`,
    'short-span': `the records span ${has} days, ${needs} are needed`,
    'not-settled': 'the data do not settle on one answer',
    'money-follows-frequency': `what is spent goes with how often (correlation ${has}, at most ${needs})`,
    'few-amounts': `${has} customers bought twice, ${needs} are needed`,
  };
  return words[code];
}

function report({ customers, model, pairs }: ScoreSummary): string {
  const { buying, spending } = model.refusals;
  const money = Object.entries(spending).map(
    ([currency, why]) => `no forecast of ${currency}: ${refused(why)}`,
  );
  return [
    `${customers} customers scored, ${model.buyers} of them have bought; ${pairs} pairs of things`,
    ...(buying ? [`no forecast of purchases, RFM alone: ${refused(buying)}`] : []),
    ...money,
  ].join('\n');
}

const score: Command<object> = {
  name: 'customer score',
  summary: 'work out now what customers are worth and how things stand with them',
  example: 'molva customer score',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const { scoreCustomers } = await import('../jobs/value/score-customers.ts');
    const summary = await scoreCustomers(jobs);
    if (!summary) {
      out.message('Another process is scoring customers; try again when it is done.');
      return 1;
    }
    const { customers, model, pairs } = summary;
    out.data({ customers, buyers: model.buyers, pairs, refusals: model.refusals }, report(summary));
    return 0;
  },
};

export const commands = [register(score)];
