import { z } from 'zod';
import type { Sign } from '../../src/act/alerts/take-link.ts';
import { isSameProof } from '../../src/lib/same-proof.ts';
import { refuse } from './operation.ts';

/** What was asked for besides the page: a cursor goes on with that, and with nothing else. */
export interface Walk {
  operation: string;
  query: object;
}

function proofOf(sign: Sign, { operation, query }: Walk, place: string): string {
  const { limit: _limit, cursor: _cursor, ...asked } = query as Record<string, unknown>;
  return sign(`api cursor ${operation} ${JSON.stringify(asked)} ${place}`);
}

/** Opaque to whoever gets it: where a walk has come to, signed. */
export function writeCursor(sign: Sign, walk: Walk, place: unknown): string {
  const text = Buffer.from(JSON.stringify(place)).toString('base64url');
  return `${text}.${proofOf(sign, walk, text)}`;
}

/** null: from the beginning. @throws ApiRefusal when it is not ours, or of another question */
export function readCursor<Schema extends z.ZodType>(
  sign: Sign,
  walk: Walk & { query: { cursor?: string | undefined } },
  schema: Schema,
): z.output<Schema> | null {
  const { cursor } = walk.query;
  if (cursor === undefined) return null;
  const [text = '', proof = ''] = cursor.split('.');
  if (isSameProof(proof, proofOf(sign, walk, text)))
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  return refuse({
    status: 400,
    code: 'bad-cursor',
    title: 'This cursor does not go on from here',
    detail: 'Send next_cursor as it came, with the same other parameters, or leave it out to begin anew.',
    errors: [{ in: 'query', pointer: '#/cursor', detail: 'is not one of this list' }],
  });
}

/** A moment within a cursor. */
export const moment = z.iso.datetime().transform((text) => new Date(text));

/** The page of rows of which one more than `limit` was read, and the cursor of the next one. */
export function pageWith<Row>(
  sign: Sign,
  walk: Walk,
  rows: readonly Row[],
  limit: number,
  placeOf: (last: Row) => unknown,
): { rows: readonly Row[]; next_cursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const isLast = rows.length <= limit || last === undefined;
  return { rows: page, next_cursor: isLast ? null : writeCursor(sign, walk, placeOf(last)) };
}

/** One page of a list that is read from behind a place. `read`: at most so many rows, from there on. @throws ApiRefusal as `readCursor` */
export async function readPage<Schema extends z.ZodType, Row>(
  sign: Sign,
  walk: Walk & { query: { cursor?: string | undefined; limit: number } },
  schema: Schema,
  read: (from: z.output<Schema> | null, atMost: number) => Promise<Row[]>,
  placeOf: (last: Row) => z.input<Schema>,
): Promise<{ rows: readonly Row[]; next_cursor: string | null }> {
  const { limit } = walk.query;
  const rows = await read(readCursor(sign, walk, schema), limit + 1);
  return pageWith(sign, walk, rows, limit, placeOf);
}
