import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import { InputError } from '../../src/lib/errors.ts';
import { pointerTo } from '../../src/match/import/objects.ts';
import type { DashboardDeps } from '../deps.ts';
import { createGate, tokenIn } from './bearer.ts';
import { checkCall } from './check-call.ts';
import { type Answer, answerOnce, problemAnswer, sendAnswer } from './idempotency.ts';
import { type AnyOperation, ApiRefusal, isDoneOnce } from './operation.ts';
import { type Problem, sendProblem } from './problem.ts';

export const API_PATH = '/api/v1';
const BODY = '100kb';

/** null: not the asker's mistake. */
function problemOf(error: unknown): Problem | null {
  if (error instanceof ApiRefusal) return error.problem;
  if (!(error instanceof InputError)) return null;
  return {
    status: 422,
    code: 'refused',
    title: 'That cannot be done as it was asked',
    errors: error.issues.map(({ at, message }) => ({ pointer: pointerTo([at]), detail: message })),
  };
}

async function answerTo(
  deps: DashboardDeps,
  one: AnyOperation,
  req: Request,
  res: Response,
): Promise<Answer> {
  const token = tokenIn(res);
  const by = {
    actor: `api:${token?.name ?? ''}`,
    madeBy: token?.madeBy ?? null,
    now: deps.clock.now(),
    may: (scope: string) => token?.scopes.some((own) => own === scope) ?? false,
  };
  try {
    const body = await one.handle(deps, { ...by, ...checkCall(one, req) });
    return { status: one.statusOf?.(body) ?? one.status ?? 200, body, mediaType: one.mediaType };
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    return problemAnswer(problem);
  }
}

function refuseOtherTypes(req: Request, res: Response, next: NextFunction): void {
  if (req.is(['json', '+json'])) return next();
  sendProblem(res, { status: 415, code: 'not-json', title: 'Send JSON: Content-Type: application/json' });
}

function noStore(_req: Request, res: Response, next: NextFunction): void {
  res.set('cache-control', 'no-store');
  next();
}

function bodyOf({ body, bodyLimit = BODY }: AnyOperation): RequestHandler[] {
  if (body === null) return [];
  const json = express.json({ limit: bodyLimit, type: ['application/json', 'application/*+json'] });
  return [refuseOtherTypes, json];
}

const expressPath = (path: string): string => `${API_PATH}${path.replace(/\{(\w+)\}/g, ':$1')}`;

/** Where something is, but not by this method. */
function refuseMethod(operations: readonly AnyOperation[], path: string): RequestHandler {
  const allowed = operations.filter((one) => one.path === path).map(({ method }) => method.toUpperCase());
  return (_req, res) => {
    res.set('allow', allowed.join(', '));
    sendProblem(res, {
      status: 405,
      code: 'method',
      title: 'This address is not asked so',
      detail: `It takes ${allowed.join(', ')}.`,
    });
  };
}

export function operationRoutes(deps: DashboardDeps, operations: readonly AnyOperation[]): Router {
  const router = Router();
  const gate = createGate(deps);
  for (const one of operations) {
    const { method, path, scope } = one;
    router[method](
      expressPath(path),
      noStore,
      ...(scope === null ? [] : gate(scope)),
      ...bodyOf(one),
      async (req: Request, res: Response) => {
        const work = (): Promise<Answer> => answerTo(deps, one, req, res);
        return isDoneOnce(one) ? answerOnce(deps, req, res, work) : sendAnswer(res, await work());
      },
    );
  }
  for (const path of new Set(operations.map((one) => one.path)))
    router.all(expressPath(path), refuseMethod(operations, path));
  return router;
}
