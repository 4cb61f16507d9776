import type { NextFunction, Request, Response, Router } from 'express';
import { uploadRoute } from '../upload.ts';

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

/** The secret of one that is too large was in what is not read: nothing is done with it, and the page says so. */
function onLarge(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if ((error as { type?: string }).type !== 'entity.too.large') return next(error);
  // A browser that is still sending would not hear the answer.
  req.resume();
  res.redirect(303, `${IMPORT_PATH}?failed=toolarge`);
}

/** A file of customers, beside the fields of its form. */
export function customerUploadRoutes(): Router {
  return uploadRoute({
    path: IMPORT_PATH,
    right: 'customers:bulk',
    limit: `${MAX_UPLOAD_MB}mb`,
    onError: onLarge,
    take(form, req, res) {
      req.body = form?.fields ?? {};
      if (!form) res.locals.uploadFailed = 'unreadable';
      for (const { name, bytes } of form?.files ?? [])
        if (bytes.length > 0)
          res.locals.upload = { name: name.toWellFormed().slice(-MAX_NAME), bytes } satisfies Upload;
    },
  });
}
