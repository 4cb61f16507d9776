import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import { listDeliveries, replayDead, replayDelivery } from '../store/deliveries.ts';
import { enableEndpoint } from '../store/endpoints.ts';
import { type Command, register } from './command.ts';
import { samplePayload } from './sample-case.ts';

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
      samplePayload(jobs.clock.now(), jobs.casePolicy.dashboardUrl),
      randomUUID(),
    );
    out.data(receipt, receipt.summary);
    return 0;
  },
};

const replay: Command<{ delivery?: string | undefined; endpoint?: string | undefined }> = {
  name: 'webhook replay',
  arguments: '[delivery]',
  options: [['--endpoint <key>', 'every dead delivery of this endpoint, and switch it on again']],
  summary: 'send a delivery again under the same id',
  example: 'molva webhook replay --endpoint crm',
  args: z.object({
    delivery: z.uuid({ error: 'is not the id of a delivery' }).optional(),
    endpoint: z.string().optional(),
  }),
  read: ([delivery], options) => ({ delivery, endpoint: options.endpoint }),
  run: async ({ jobs }, { delivery, endpoint }, out) => {
    if (!delivery && !endpoint)
      throw new InputError([{ at: 'arguments', message: 'name a delivery, or --endpoint KEY' }]);
    const now = jobs.clock.now();
    let count = 0;
    if (delivery) count += (await replayDelivery(jobs.db, delivery, now)) ? 1 : 0;
    if (endpoint) {
      await enableEndpoint(jobs.db, endpoint);
      count += await replayDead(jobs.db, endpoint, now);
    }
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

export const commands = [register(test), register(replay), register(list), register(secret)];
