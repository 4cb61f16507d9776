import type { Request } from 'express';
import type { z } from 'zod';
import { pointerTo } from '../../src/match/import/objects.ts';
import { storable } from '../../src/store/text.ts';
import { type AnyOperation, type Call, refuse } from './operation.ts';
import type { Problem } from './problem.ts';

type Mistake = NonNullable<Problem['errors']>[number];
type Place = readonly (string | number)[];

/** Of mistakes so many are told. */
const MAX_TOLD = 50;
const NAME = 100;

function placesOf(issue: z.core.$ZodIssue): Place[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part).slice(0, NAME)));
  if (issue.code !== 'unrecognized_keys') return [path];
  return issue.keys.map((key) => [...path, key.slice(0, NAME)]);
}

/** Where the mistakes are, never what stands there. */
export function mistakesIn(where: 'path' | 'query' | 'body', error: z.ZodError): Mistake[] {
  const told = error.issues.flatMap((issue) =>
    placesOf(issue).map((place) => ({
      in: where,
      pointer: pointerTo(place),
      detail: issue.code === 'unrecognized_keys' ? 'is not known here' : issue.message,
    })),
  );
  return told.slice(0, MAX_TOLD);
}

/** Lone surrogates become the sign for what cannot be read. What was checked is not deep. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, clean(part)]));
}

/** Where a NUL stands, which no text of the database holds: without it a filter would ask for something else. */
function nulIn(value: unknown, at: Place = []): Place | null {
  if (typeof value === 'string') return value.includes('\0') ? at : null;
  if (typeof value !== 'object' || value === null) return null;
  const parts: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  for (const [name, part] of parts) {
    const place = nulIn(part, [...at, name]);
    if (place) return place;
  }
  return null;
}

function check(where: 'path' | 'query' | 'body', schema: z.ZodType, value: unknown): unknown {
  const read = schema.safeParse(value);
  const nul = read.success ? nulIn(read.data) : null;
  if (read.success && !nul) return clean(read.data);
  const isBody = where === 'body';
  return refuse({
    status: isBody ? 422 : 400,
    code: isBody ? 'invalid-body' : 'invalid-request',
    title: isBody ? 'The body has mistakes; nothing was done' : 'The address has mistakes',
    errors: read.error
      ? mistakesIn(where, read.error)
      : [{ in: where, pointer: pointerTo(nul ?? []), detail: 'holds a sign that is no letter' }],
  });
}

/** @throws ApiRefusal with each mistake */
export function checkCall(one: AnyOperation, req: Request): Pick<Call, 'params' | 'query' | 'body'> {
  const params = check('path', one.params, { ...req.params });
  const query = check('query', one.query, { ...req.query });
  const body =
    one.body === null || one.checksBody ? (req.body as unknown) : check('body', one.body, req.body);
  return { params, query, body };
}
