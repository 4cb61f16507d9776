import { z } from 'zod';
import { sampleCase } from '../act/cases/sample.ts';
import { InputError } from '../lib/errors.ts';
import type { Crm } from '../model/ports.ts';
import { listPulls } from '../store/crm-pulls.ts';
import { listPausedEndpoints } from '../store/endpoints.ts';
import { type Command, type CommandDeps, register } from './command.ts';

interface KeyArgs {
  key: string;
}

/** Of commands about one CRM. */
const OF_ONE = {
  arguments: '<key>',
  args: z.object({ key: z.string() }),
  read: ([key]: readonly unknown[]) => ({ key }),
};

function crmOf({ jobs }: CommandDeps, key: string): Crm {
  const { crms } = jobs.delivery;
  const crm = crms.get(key);
  if (crm) return crm;
  const known = [...crms.keys()].join(', ') || 'none';
  throw new InputError([
    { at: 'key', message: `there is no CRM "${key}" in the configuration; known: ${known}` },
  ]);
}

/** The ability, or what to tell somebody who asks for one that the connector does not have. */
function abilityOf<Name extends keyof Crm>(
  deps: CommandDeps,
  key: string,
  name: Name,
): NonNullable<Crm[Name]> {
  const ability = crmOf(deps, key)[name];
  if (!ability)
    throw new InputError([{ at: 'key', message: `the connector of "${key}" cannot do this (${name})` }]);
  return ability;
}

const list: Command<object> = {
  name: 'crm list',
  summary: 'list the CRMs, what they can do, how far they were read and whether they are paused',
  example: 'molva crm list',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const { db, crmPlans, delivery } = jobs;
    const paused = new Map((await listPausedEndpoints(db)).map((one) => [one.key, one]));
    const pulls = await listPulls(db);
    for (const { key, kind } of crmPlans) {
      const abilities = Object.keys(delivery.crms.get(key) ?? {});
      const own = pulls.filter(({ endpoint }) => endpoint === key);
      const state = paused.get(key);
      const lines = [
        `${key}\t${kind}\t${state ? `paused, ${state.waiting} waiting: ${state.reason}` : 'works'}`,
        ...own.map(
          (one) =>
            `  ${one.kind}: ${one.records} taken in, ${one.leftOut} left out, last read to the end ${one.lastSuccessAt?.toISOString() ?? 'never'}${one.lastError ? `; ${one.lastError}` : ''}`,
        ),
      ];
      out.data({ key, kind, abilities, paused: state ?? null, pulls: own }, lines.join('\n'));
    }
    return 0;
  },
};

const check: Command<KeyArgs> = {
  name: 'crm check',
  ...OF_ONE,
  summary: 'ask a CRM whether it lets us in, and as whom',
  example: 'molva crm check bitrix',
  run: async (deps, { key }, out) => {
    const account = await abilityOf(deps, key, 'check')();
    out.data(account, `${key} lets us in: ${account.account}${account.user ? `, as ${account.user}` : ''}`);
    return 0;
  },
};

const discover: Command<KeyArgs> = {
  name: 'crm discover',
  ...OF_ONE,
  summary: 'show pipelines, stages, fields and owners of a CRM, for its settings',
  example: 'molva crm discover bitrix',
  run: async (deps, { key }, out) => {
    const shape = await abilityOf(deps, key, 'discover')();
    const lines = [
      ...shape.pipelines.flatMap(({ id, name, stages }) => [
        `pipeline ${id}\t${name}`,
        ...stages.map((stage) => `  stage ${stage.id}\t${stage.name}`),
      ]),
      ...shape.fields.map(({ id, name, type }) => `field ${id}\t${type}\t${name}`),
      ...shape.owners.map(({ id, name }) => `owner ${id}\t${name}`),
    ];
    out.data(shape, lines.join('\n'));
    return 0;
  },
};

const preview: Command<KeyArgs & { customer: string }> = {
  name: 'crm preview',
  arguments: '<key>',
  options: [['--customer <id>', 'a customer by his number, to see how he is named there']],
  summary: 'show the requests by which a test case would be opened in a CRM; what writes is not sent',
  example: 'molva crm preview bitrix --customer 275',
  args: z.object({ key: z.string(), customer: z.string() }),
  read: ([key], options) => ({ key, customer: options.customer ?? 'test' }),
  run: async (deps, { key, customer }, out) => {
    const { clock, casePolicy } = deps.jobs;
    const sample = sampleCase(clock.now(), casePolicy.dashboardUrl);
    const shown = { ...sample, customer: { ...sample.customer, external_id: customer } };
    for (const request of await abilityOf(deps, key, 'preview')(shown))
      out.data(
        request,
        `${request.effect === 'write' ? 'would send' : 'asked'}\t${request.method} ${request.path}\n${request.body === null ? '' : JSON.stringify(request.body, null, 2)}`,
      );
    return 0;
  },
};

const pull: Command<KeyArgs> = {
  name: 'crm pull',
  ...OF_ONE,
  summary: 'read customers and purchases out of a CRM now, from where the last time ended',
  example: 'molva crm pull bitrix',
  run: async (deps, { key }, out) => {
    const { pullNow } = await import('../jobs/crm/pull.ts');
    const { pullKinds } = await import('../jobs/crm/pull-desk.ts');
    const crm = crmOf(deps, key);
    const plan = deps.jobs.crmPlans.find((one) => one.key === key);
    const kinds = plan ? pullKinds(plan, crm) : [];
    if (!plan || kinds.length === 0)
      throw new InputError([{ at: 'key', message: `the connector of "${key}" brings no customers` }]);
    for (const kind of kinds) {
      const summary = await pullNow(deps.jobs, plan, kind, { anyway: true });
      if (!summary) continue;
      const { records, created, leftOut } = summary;
      out.data(
        { kind, ...summary },
        `${kind}: ${records} taken in, ${created} of them new, ${leftOut} left out`,
      );
    }
    return 0;
  },
};

const resume: Command<KeyArgs> = {
  name: 'crm resume',
  ...OF_ONE,
  summary: 'let deliveries to a paused CRM go on, if it lets us in again',
  example: 'molva crm resume bitrix',
  run: async ({ jobs }, { key }, out) => {
    const { resumeWhenLetIn } = await import('../act/resume-endpoint.ts');
    const account = await resumeWhenLetIn(jobs.db, jobs.delivery.crms, key);
    out.data({ key, account }, `${key} goes on${account ? `, as ${account.account}` : ''}`);
    return 0;
  },
};

export const commands = [
  register(list),
  register(check),
  register(discover),
  register(preview),
  register(pull),
  register(resume),
];
