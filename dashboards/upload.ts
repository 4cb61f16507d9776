import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { Right } from '../src/model/rights.ts';
import { allow } from './access.ts';

/** A form with files, as a browser sent it. Texts hold no NUL. */
export interface SentForm {
  fields: Record<string, string>;
  files: { field: string; name: string; bytes: Uint8Array }[];
}

interface UploadRoute {
  path: string;
  /** Whose forms are read. */
  right: Right;
  /** As `2mb`. */
  limit: string;
  /** Makes of the form what the page works with; null: it cannot be read. */
  take(form: SentForm | null, req: Request, res: Response): void;
  /** What is done when it cannot be taken; by default the error is handed on. */
  onError?(error: unknown, req: Request, res: Response, next: NextFunction): void;
}

const clean = (text: string): string => text.replaceAll('\0', '');

/** null when it is no form. */
async function readForm(body: Buffer, type: string): Promise<SentForm | null> {
  const sent: SentForm = { fields: {}, files: [] };
  try {
    const headers = { 'content-type': type };
    const form = await new globalThis.Response(new Uint8Array(body), { headers }).formData();
    for (const [field, value] of form) {
      if (typeof value === 'string') sent.fields[field] = clean(value);
      else {
        const bytes = new Uint8Array(await value.arrayBuffer());
        sent.files.push({ field, name: clean(value.name), bytes });
      }
    }
    return sent;
  } catch {
    return null;
  }
}

/** Reads a form with a file before the session's secret is looked for in it, and only for those who may send one. */
export function uploadRoute({ path, right, limit, take, onError }: UploadRoute): Router {
  const router = Router();
  const raw = express.raw({ type: 'multipart/form-data', limit });
  async function read(req: Request, res: Response, next: NextFunction): Promise<void> {
    if (Buffer.isBuffer(req.body)) take(await readForm(req.body, req.get('content-type') ?? ''), req, res);
    next();
  }
  router.use(path, (req, res, next) => {
    if (req.method !== 'POST' || !req.is('multipart/form-data')) return next();
    allow(right)(req, res, (refused?: unknown) => {
      if (refused) return next(refused);
      raw(req, res, (error?: unknown) => {
        if (!error) return void read(req, res, next).catch(next);
        if (onError) onError(error, req, res, next);
        else next(error);
      });
    });
  });
  return router;
}
