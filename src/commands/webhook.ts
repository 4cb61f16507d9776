import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sampleCase } from '../act/cases/sample.ts';
import type { SchemaName } from '../act/cases/schemas.ts';
import { InputError } from '../lib/errors.ts';
import { countReplay, listDeliveries, replayDelivery, replaySpan } from '../store/deliveries.ts';
import { enableEndpoint } from '../store/endpoints.ts';
import { type Command, register } from './command.ts';
import { readSince } from './since.ts';

const test: Command<{ endpoint: string }> = {
  name: 'webhook test',
  arguments: '<endpoint>',
  summary: 'send a test case to a CRM endpoint once and show its answer',
  example: 'molva webhook test crm',
  args: z.object({ endpoint: z.string() }),
  read: ([endpoint]) => ({ endpoint }),
  run: async ({ jobs }, { endpoint }, out) => {
    const crm = jobs.delivery.crms.get(endpoint);
    if (!crm)
      throw new InputError([
        {
          at: 'endpoint',
          message: `there is no endpoint "${endpoint}"; known: ${[...jobs.delivery.crms.keys()].join(', ') || 'none'}`,
        },
      ]);
    const receipt = await crm.openCase(
      sampleCase(jobs.clock.now(), jobs.casePolicy.dashboardUrl),
      randomUUID(),
    );
    out.data(receipt, receipt.summary);
    return 0;
  },
};

const replay: Command<{
  delivery?: string | undefined;
  endpoint?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  delivered: boolean;
  dryRun: boolean;
}> = {
  name: 'webhook replay',
  arguments: '[delivery]',
  options: [
    ['--endpoint <key>', 'what did not reach this endpoint, and switch it on again'],
    ['--from <time>', 'only what was handed in since then (2d, 2026-11-01)'],
    ['--to <time>', 'and before that'],
    ['--delivered', 'also what has arrived'],
    ['--dry-run', 'only say how many'],
  ],
  summary: 'send deliveries again under their ids',
  example: 'molva webhook replay --endpoint crm --from 2d',
  args: z.object({
    delivery: z.uuid({ error: 'is not the id of a delivery' }).optional(),
    endpoint: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    delivered: z.boolean().default(false),
    dryRun: z.boolean().default(false),
  }),
  read: ([delivery], { endpoint, from, to, delivered, dryRun }) => ({
    delivery,
    endpoint,
    from,
    to,
    delivered,
    dryRun,
  }),
  run: async ({ jobs }, { delivery, endpoint, from, to, delivered, dryRun }, out) => {
    if (!delivery && !endpoint)
      throw new InputError([{ at: 'arguments', message: 'name a delivery, or --endpoint KEY' }]);
    const now = jobs.clock.now();
    const states = delivered ? (['dead', 'delivered'] as const) : (['dead'] as const);
    let count = 0;
    if (endpoint) {
      const span = {
        endpoint,
        from: readSince(from ?? null, now, '--from'),
        to: readSince(to ?? null, now, '--to'),
        states,
      };
      if (dryRun) {
        const n = await countReplay(jobs.db, span);
        out.data({ wouldReplay: n }, `${n} deliveries would be sent again`);
        return 0;
      }
      await enableEndpoint(jobs.db, endpoint);
      count += await replaySpan(jobs.db, span, now);
    }
    if (delivery) count += (await replayDelivery(jobs.db, delivery, now)) ? 1 : 0;
    out.data({ replayed: count }, `${count} deliveries are sent again`);
    return count > 0 ? 0 : 1;
  },
};

const list: Command<object> = {
  name: 'webhook list',
  summary: 'list the newest deliveries with their state',
  example: 'molva webhook list',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    for (const { payload: _payload, ...d } of await listDeliveries(jobs.db, 50, 0)) {
      out.data(
        d,
        `${d.id}\t${d.state}\t${d.endpoint}\t${d.eventType}\tattempts ${d.attempts}\t${d.lastError ?? ''}`,
      );
    }
    return 0;
  },
};

const secret: Command<object> = {
  name: 'webhook secret',
  summary: 'make a new secret for signing',
  example: 'molva webhook secret',
  args: z.object({}),
  read: () => ({}),
  run: async (_deps, _args, out) => {
    const value = `whsec_${randomBytes(32).toString('base64')}`;
    out.data({ secret: value }, value);
    return 0;
  },
};

const SCHEMA_NAMES = ['case', 'withdrawal', 'case-status'] as const satisfies readonly SchemaName[];

const schema: Command<{ name: SchemaName }> = {
  name: 'webhook schema',
  arguments: '<name>',
  summary: `print the JSON Schema of a message: ${SCHEMA_NAMES.join(', ')}`,
  example: 'molva webhook schema case > case.json',
  args: z.object({ name: z.enum(SCHEMA_NAMES) }),
  read: ([name]) => ({ name }),
  run: async (_deps, { name }, out) => {
    const { jsonSchemaOf } = await import('../act/cases/schemas.ts');
    const text = jsonSchemaOf(name);
    out.data(text, JSON.stringify(text, null, 2));
    return 0;
  },
};

export const commands = [
  register(test),
  register(replay),
  register(list),
  register(secret),
  register(schema),
];
