import type { NextFunction, Request, Response } from 'express';
import type { Role } from '../src/model/user.ts';
import { hasRole, viewerOf } from './auth/session.ts';

/** The middleware that lets through who has the role; others are sent to the login, or told that they may not. */
export function allow(role: Role) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const { user } = viewerOf(res);
    if (hasRole(user, role)) return next();
    if (!user && req.method === 'GET')
      return res.redirect(303, `/login?next=${encodeURIComponent(req.originalUrl)}`);
    res.status(user ? 403 : 401);
    next(new Error('forbidden'));
  };
}
