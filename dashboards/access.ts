import type { NextFunction, Request, Response } from 'express';
import type { Right } from '../src/model/rights.ts';
import { hasRight, viewerOf } from './auth/session.ts';

/** The middleware that lets through whose role has the right; others are sent to the login, or told that they may not. */
export function allow(right: Right) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const { user } = viewerOf(res);
    if (hasRight(user, right)) return next();
    if (!user && req.method === 'GET')
      return res.redirect(303, `/login?next=${encodeURIComponent(req.originalUrl)}`);
    res.status(user ? 403 : 401);
    next(new Error('forbidden'));
  };
}
