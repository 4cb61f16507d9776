import { z } from 'zod';
import type { ApiScope } from '../../src/store/api-tokens.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Problem } from './problem.ts';

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

/** What a program asks, checked by the operation's schemas. */
export interface Call<Params = unknown, Query = unknown, Body = unknown> {
  params: Params;
  query: Query;
  body: Body;
  /** Who is behind it, for the audit: `api:` and the token's name. */
  actor: string;
  /** Who made its token, as the audit names people; null: not known. */
  madeBy: string | null;
  now: Date;
  /** May the token do this too? */
  may(scope: ApiScope): boolean;
}

/** What takes seconds ends by itself sooner than whoever asks gives up waiting. */
export const PATIENCE_MS = 25_000;

type Fields = z.ZodObject;
const NONE = z.strictObject({});
type None = typeof NONE;

/**
 * One thing that programs can do. Routes, checks and the document (docs/api.md) are made of it, so that they agree. Of names in the address and in
 * the query the schemas read text; what is not named there is refused.
 */
export interface Operation<
  P extends Fields = None,
  Q extends Fields = None,
  B extends z.ZodType = None,
  A extends z.ZodType = z.ZodType,
> {
  /** `listMentions`: by which generators of clients name it. */
  id: string;
  method: Method;
  /** Below /api/v1: `/mentions/{id}`. */
  path: string;
  /** null: open to everybody. */
  scope: ApiScope | null;
  /** In plain words, in one line. */
  summary: string;
  /** What its reader has to know besides. */
  detail?: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Of the body; 100kb unless said otherwise. */
  bodyLimit?: string;
  /** The schema of the body only tells of it: the handler checks it in its own words. */
  checksBody?: true;
  answer: A;
  /** Its answer is told once and kept nowhere: an Idempotency-Key has no effect. */
  isSecret?: true;
  /** Of the answer; application/json unless said otherwise. */
  mediaType?: string;
  /** 200 unless said otherwise. */
  status?: 200 | 201;
  /** Where the status depends on what was answered. */
  statusOf?(answer: z.output<A>): 200 | 201;
  /** @throws ApiRefusal, InputError */
  handle(deps: DashboardDeps, call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<z.input<A>>;
}

/** An operation among others. */
export type AnyOperation = Omit<Operation, 'params' | 'query' | 'body' | 'handle' | 'statusOf'> & {
  params: Fields;
  query: Fields;
  body: z.ZodType | null;
  statusOf?(answer: unknown): 200 | 201;
  handle(deps: DashboardDeps, call: Call): Promise<object>;
};

export function operation<
  A extends z.ZodType,
  P extends Fields = None,
  Q extends Fields = None,
  B extends z.ZodType = None,
>(one: Operation<P, Q, B, A>): AnyOperation {
  return { params: NONE, query: NONE, body: null, ...one } as unknown as AnyOperation;
}

/** What changes something is done once under an Idempotency-Key; the other methods change nothing when they are repeated. */
export function isDoneOnce({ method, scope, isSecret }: AnyOperation): boolean {
  return scope !== null && !isSecret && (method === 'post' || method === 'patch');
}

/** The request is refused, and the answer says why. */
export class ApiRefusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ApiRefusal';
    this.problem = problem;
  }
}

export function refuse(problem: Problem): never {
  throw new ApiRefusal(problem);
}

/** @throws ApiRefusal 404 for null */
export function found<Value>(value: Value | null | undefined, what: string): Value {
  return value ?? refuse({ status: 404, code: 'unknown', title: `There is no such ${what}` });
}
