import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';

const MAX_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;

/** Per address and per account: neither one account from many places nor many accounts from one. */
export function limitGuesses(accountOf: (req: Request, res: Response) => string): RequestHandler[] {
  const common = {
    windowMs: WINDOW_MS,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_req: Request, res: Response, next: NextFunction) => {
      res.status(429);
      next(new Error('too many attempts'));
    },
  } as const;
  return [
    rateLimit({ ...common, limit: MAX_FAILURES * 3 }),
    rateLimit({
      ...common,
      limit: MAX_FAILURES,
      keyGenerator: (req, res) => `account:${accountOf(req, res)}`,
    }),
  ];
}
