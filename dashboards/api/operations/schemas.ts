import { z } from 'zod';
import { isSchemaName, jsonSchemaOf, SCHEMA_NAMES } from '../../../src/act/cases/schemas.ts';
import { operation, refuse } from '../operation.ts';

export const schemas = [
  operation({
    id: 'readSchema',
    method: 'get',
    path: '/schemas/{name}.json',
    scope: null,
    summary: 'Read the JSON Schema of a message about cases',
    detail: `Of ${SCHEMA_NAMES.join(', ')}. It holds no secret, so no token is asked for.`,
    params: z.strictObject({ name: z.string().max(64) }),
    mediaType: 'application/schema+json',
    answer: z.record(z.string(), z.unknown()),
    handle: async (_deps, { params: { name } }) => {
      if (isSchemaName(name)) return jsonSchemaOf(name) as Record<string, unknown>;
      return refuse({ status: 404, code: 'unknown', title: 'There is no such schema' });
    },
  }),
];
