import { z } from 'zod';
import type { Alert } from '../../../src/model/alert.ts';
import { listAlerts } from '../../../src/store/alerts.ts';
import { operation } from '../operation.ts';

const alertSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    kind: z.string(),
    settings: z.record(z.string(), z.unknown()),
    topics: z.array(z.string()).describe('Keys; empty: all'),
    condition: z.string().describe('In the query language'),
    enabled: z.boolean(),
  })
  .meta({ id: 'Alert' });

const alertOf = ({ key, name, kind, settings, topics, condition, enabled }: Alert) => ({
  key,
  name,
  kind,
  settings,
  topics,
  condition,
  enabled,
});

export const alerts = [
  operation({
    id: 'listAlerts',
    method: 'get',
    path: '/alerts',
    scope: 'alerts:read',
    summary: 'List what people are woken by',
    answer: z.object({ data: z.array(alertSchema) }),
    handle: async ({ db }) => ({ data: (await listAlerts(db)).map(alertOf) }),
  }),
];
