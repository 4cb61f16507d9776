import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { type ApiScope, type ApiToken, useApiToken } from '../../src/store/api-tokens.ts';
import type { DashboardDeps } from '../deps.ts';
import { sendProblem } from './problem.ts';

const MINUTE_MS = 60_000;
const PER_MINUTE = 120;
/** Wrong tokens from one address in a quarter of an hour. */
const MAX_GUESSES = 30;

const tooMany = (_req: Request, res: Response): void =>
  sendProblem(res, {
    status: 429,
    code: 'too-many-requests',
    title: 'Too many requests',
    detail: 'Wait as long as Retry-After says.',
  });

const common = { standardHeaders: 'draft-8', legacyHeaders: false, handler: tooMany } as const;

/** null where none was asked for. */
export function tokenIn(res: Response): ApiToken | null {
  return (res.locals.apiToken as ApiToken | undefined) ?? null;
}

/** The token of a request that has passed. */
export function tokenOf(res: Response): ApiToken {
  const token = tokenIn(res);
  if (!token) throw new Error('this must not be reachable without a token');
  return token;
}

function refuse(res: Response, status: 401 | 403, error: string, title: string): void {
  res.set('www-authenticate', `Bearer realm="molva", error="${error}"`);
  sendProblem(res, { status, code: error.replaceAll('_', '-'), title });
}

function check(deps: DashboardDeps, scope: ApiScope) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const given = /^Bearer ([\w.~+/=-]{1,200})$/i.exec(req.get('authorization') ?? '')?.[1];
    const token = given ? await useApiToken(deps.db, given, deps.clock.now()) : null;
    if (!token)
      return refuse(res, 401, 'invalid_token', 'Send a token that is good: Authorization: Bearer …');
    if (!token.scopes.includes(scope))
      return refuse(res, 403, 'insufficient_scope', `This token may not: it lacks the scope ${scope}`);
    res.locals.apiToken = token;
    next();
  };
}

/** RFC 6750. Those who guess tokens, and tokens that ask too often, are held off, wherever they ask. */
export function createGate(deps: DashboardDeps): (scope: ApiScope) => RequestHandler[] {
  const guesses = rateLimit({
    ...common,
    windowMs: 15 * MINUTE_MS,
    limit: MAX_GUESSES,
    standardHeaders: false,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req, res) => res.statusCode !== 401,
  });
  const requests = rateLimit({
    ...common,
    windowMs: MINUTE_MS,
    limit: PER_MINUTE,
    keyGenerator: (_req, res) => `token:${tokenOf(res as Response).id}`,
  });
  return (scope) => [guesses, check(deps, scope), requests];
}

export function requireToken(deps: DashboardDeps, scope: ApiScope): RequestHandler[] {
  return createGate(deps)(scope);
}
