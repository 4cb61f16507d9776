import type { NextFunction, Request, Response } from 'express';

const PLACE = '/second-factor';

/** Whose role may do nothing without a second factor is led to where it is set up, whatever was asked for. */
export function requireFactor(req: Request, res: Response, next: NextFunction): void {
  const isThere = req.path === PLACE || req.path.startsWith(`${PLACE}/`);
  if (!res.locals.lacksFactor || isThere) return next();
  if (req.method === 'GET') return res.redirect(303, PLACE);
  res.status(403);
  next(new Error('a second factor is required'));
}
