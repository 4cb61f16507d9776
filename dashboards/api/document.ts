import { z } from 'zod';
import { type AnyOperation, isDoneOnce } from './operation.ts';
import { problemSchema } from './problem.ts';
import { API_PATH } from './serve.ts';

type Json = Record<string, unknown>;

const REF = '#/$defs/';

/** Of a format the pattern tells nothing more, and is long. */
function withoutPattern({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}

/** References within a schema become references within the document, and what they name goes to `named`. */
function hoist(value: unknown, named: Map<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((part) => hoist(part, named));
  if (typeof value !== 'object' || value === null) return value;
  const { $defs, ...rest } = value as Json & { $defs?: Json };
  for (const [name, schema] of Object.entries($defs ?? {})) named.set(name, hoist(schema, named));
  return Object.fromEntries(
    Object.entries(rest).map(([key, part]) =>
      key === '$ref' && typeof part === 'string'
        ? [key, part.replace(REF, '#/components/schemas/')]
        : [key, hoist(part, named)],
    ),
  );
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output', named: Map<string, unknown>): Json {
  const made = z.toJSONSchema(schema, { target: 'draft-2020-12', io, override: withoutPattern });
  const { $schema: _, ...rest } = made as Json;
  return hoist(rest, named) as Json;
}

function parametersOf(place: 'path' | 'query', fields: z.ZodObject, named: Map<string, unknown>): Json[] {
  return Object.entries(fields.shape as Record<string, z.ZodType>).map(([name, field]) => {
    const { description, ...schema } = schemaOf(field, 'output', named);
    const isRequired = place === 'path' || !field.safeParse(undefined).success;
    return {
      name,
      in: place,
      ...(description === undefined ? {} : { description }),
      ...(isRequired ? { required: true } : {}),
      schema,
    };
  });
}

const IDEMPOTENCY = { $ref: '#/components/parameters/IdempotencyKey' };
const jsonOf = (schema: Json, type = 'application/json'): Json => ({ [type]: { schema } });

/** `/mentions/{id}` → Mentions. */
function tagOf({ path }: AnyOperation): string {
  const [, first = ''] = path.split('/');
  return first.charAt(0).toUpperCase() + first.slice(1);
}

function operationOf(one: AnyOperation, named: Map<string, unknown>): Json {
  const { id, scope, summary, detail, body } = one;
  const parameters = [
    ...parametersOf('path', one.params, named),
    ...parametersOf('query', one.query, named),
    ...(isDoneOnce(one) ? [IDEMPOTENCY] : []),
  ];
  const answer = {
    description: 'Done',
    headers: { RateLimit: { $ref: '#/components/headers/RateLimit' } },
    content: jsonOf(schemaOf(one.answer, 'output', named), one.mediaType),
  };
  const statuses = one.statusOf ? ['200', '201'] : [String(one.status ?? 200)];
  const problem = { $ref: '#/components/responses/Problem' };
  return {
    operationId: id,
    tags: [tagOf(one)],
    summary,
    ...(detail === undefined && scope === null
      ? {}
      : { description: [detail, scope && `Needs the scope \`${scope}\`.`].filter(Boolean).join(' ') }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === null
      ? {}
      : { requestBody: { required: true, content: jsonOf(schemaOf(body, 'input', named)) } }),
    responses: {
      ...Object.fromEntries(statuses.map((status) => [status, answer])),
      '4XX': problem,
      '5XX': problem,
    },
    // No scopes here: in OpenAPI only OAuth 2 and OpenID Connect have them, and a token of ours is neither.
    security: scope === null ? [] : [{ token: [] }],
  };
}

const INFO = `All that the pages show and do, for other programs. Each request brings a token (\`molva token add\`) as \`Authorization: Bearer …\`, and a token may what its scopes say.

Lists come in pages: send \`next_cursor\` as \`cursor\` to go on, with the same other parameters. What was not refused with a problem (RFC 9457) was done. Repeat a POST or PATCH that you got no answer to with the same \`Idempotency-Key\`: it is done once. Names that are not known are refused, in the address and in the body. Posts in the basket are left out of lists and counts. Times are ISO 8601 in UTC.`;

/** OpenAPI 3.1 of these operations. `url`: under which people reach us. */
export function apiDocument(
  operations: readonly AnyOperation[],
  { version, url }: { version: string; url: string },
): Json {
  const named = new Map<string, unknown>();
  const paths: Record<string, Json> = {};
  for (const one of operations) {
    const entry = paths[one.path] ?? {};
    entry[one.method] = operationOf(one, named);
    paths[one.path] = entry;
  }
  const problem = schemaOf(problemSchema, 'output', named);
  return {
    openapi: '3.1.1',
    info: { title: 'Molva', version, description: INFO, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: `${url}${API_PATH}` }],
    security: [{ token: [] }],
    tags: [...new Set(operations.map(tagOf))].sort().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'molva_…' } },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          description:
            'Chosen by the asker, for a day: the same request under the same key is done once and answered the same.',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
      },
      headers: {
        RateLimit: {
          description:
            'How many requests are left, and for how many seconds that holds (draft-ietf-httpapi-ratelimit-headers-08).',
          schema: { type: 'string' },
        },
      },
      responses: {
        Problem: {
          description: 'Why it was not done',
          content: { 'application/problem+json': { schema: problem } },
        },
      },
      schemas: Object.fromEntries([...named].sort(([one], [other]) => (one < other ? -1 : 1))),
    },
  };
}
