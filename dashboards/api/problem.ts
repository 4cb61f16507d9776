import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import type { DashboardDeps } from '../deps.ts';

/** What is wrong with a request, for programs (RFC 9457). */
export interface Problem {
  status: number;
  /** Last part of its `type`. */
  code: string;
  title: string;
  detail?: string;
  /** Mistakes, each with a JSON pointer to its place. */
  errors?: readonly { in?: 'path' | 'query' | 'body'; pointer: string; detail: string }[];
}

/** The same as it is sent. */
export const problemSchema = z
  .object({
    type: z.string(),
    status: z.int(),
    title: z.string(),
    detail: z.string().optional(),
    errors: z
      .array(
        z.object({
          in: z.enum(['path', 'query', 'body']).optional(),
          pointer: z.string().describe('RFC 6901, with # before it'),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

export function problemBody({ status, code, ...said }: Problem): object {
  return { type: `urn:molva:problem:${code}`, status, ...said };
}

export function sendProblem(res: Response, problem: Problem): void {
  res
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem)));
}

const OF_BODY: Readonly<Record<string, Problem>> = {
  'entity.parse.failed': { status: 400, code: 'not-json', title: 'The body is not JSON' },
  'entity.too.large': {
    status: 413,
    code: 'too-large',
    title: 'The body is too large',
    detail: 'Send less at a time. Of customers, 500 records and 5 MB are taken.',
  },
  'charset.unsupported': { status: 415, code: 'charset', title: 'Send JSON in UTF-8' },
  'encoding.unsupported': { status: 415, code: 'encoding', title: 'This content encoding is not known' },
};

/** Answers what other pages of the dashboard would answer with a page. */
export function apiErrors(deps: Pick<DashboardDeps, 'log'>) {
  return (error: unknown, _req: Request, res: Response, next: NextFunction): void => {
    if (res.headersSent) return next(error);
    const { type = '', status = 500 } = error as { type?: string; status?: number };
    const known = Object.hasOwn(OF_BODY, type) ? OF_BODY[type] : undefined;
    if (known) return sendProblem(res, known);
    if (status >= 400 && status < 500)
      return sendProblem(res, { status, code: 'bad-request', title: 'The request cannot be read' });
    deps.log.error({ err: error }, 'a request of the API failed');
    sendProblem(res, { status: 500, code: 'failed', title: 'That did not work; try again later' });
  };
}
