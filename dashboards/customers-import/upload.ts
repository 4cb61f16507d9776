import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { allow } from '../access.ts';

export const MAX_UPLOAD_MB = 20;
export const IMPORT_PATH = '/customers/import';

/** A file as a browser sent it. */
export interface Upload {
  name: string;
  bytes: Uint8Array;
}

/** What came with the form; null: no file. */
export function uploadOf(res: Response): Upload | null {
  return (res.locals.upload as Upload | undefined) ?? null;
}

const MAX_NAME = 120;

async function readForm(req: Request, res: Response, next: NextFunction): Promise<void> {
  if (!Buffer.isBuffer(req.body)) return next();
  const type = req.get('content-type') ?? '';
  const fields: Record<string, string> = {};
  try {
    const form = await new globalThis.Response(new Uint8Array(req.body), {
      headers: { 'content-type': type },
    }).formData();
    for (const [field, value] of form) {
      if (typeof value === 'string') fields[field] = value.replaceAll('\0', '');
      else if (value.size > 0)
        res.locals.upload = {
          name: value.name.replaceAll('\0', '').toWellFormed().slice(-MAX_NAME),
          bytes: new Uint8Array(await value.arrayBuffer()),
        } satisfies Upload;
    }
  } catch {
    res.locals.uploadFailed = 'unreadable';
  }
  req.body = fields;
  next();
}

/** The secret of one that is too large was in what is not read: nothing is done with it, and the page says so. */
function onLarge(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if ((error as { type?: string }).type !== 'entity.too.large') return next(error);
  // A browser that is still sending would not hear the answer.
  req.resume();
  res.redirect(303, `${IMPORT_PATH}?failed=toolarge`);
}

/** Reads a file of customers before the session's secret is looked for in its form, and only for those who may send one. */
export function customerUploadRoutes(): Router {
  const router = Router();
  const raw = express.raw({ type: 'multipart/form-data', limit: `${MAX_UPLOAD_MB}mb` });
  router.use(IMPORT_PATH, (req, res, next) => {
    if (req.method !== 'POST' || !req.is('multipart/form-data')) return next();
    allow('pr')(req, res, (refused?: unknown) => {
      if (refused) return next(refused);
      raw(req, res, (error?: unknown) =>
        error ? onLarge(error, req, res, next) : void readForm(req, res, next).catch(next),
      );
    });
  });
  return router;
}
