import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { InputError } from '../../src/lib/errors.ts';
import { allow } from '../access.ts';

const MAX_UPLOAD = '2mb';

/** By the encoding that XML declares, else UTF-8. */
function decode(bytes: ArrayBuffer): string {
  const start = new TextDecoder('latin1').decode(bytes.slice(0, 200));
  const label = /encoding=["']([\w-]+)["']/.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Fields of a form with a file, as those of other forms: the file becomes its text. */
async function readForm(req: Request, _res: Response, next: NextFunction): Promise<void> {
  if (!Buffer.isBuffer(req.body)) return next();
  const type = req.get('content-type') ?? '';
  const fields: Record<string, string> = {};
  try {
    const form = await new globalThis.Response(new Uint8Array(req.body), {
      headers: { 'content-type': type },
    }).formData();
    for (const [name, value] of form)
      fields[name] = (typeof value === 'string' ? value : decode(await value.arrayBuffer())).replaceAll(
        '\0',
        '',
      );
  } catch {
    throw new InputError([{ at: 'form', message: 'the upload cannot be read' }]);
  }
  req.body = fields;
  next();
}

/** Reads the only upload there is, before its secret is looked for in it, and only for those who may send it. */
export function uploadRoutes(): Router {
  const router = Router();
  const raw = express.raw({ type: 'multipart/form-data', limit: MAX_UPLOAD });
  router.use('/sources/import', (req, res, next) => {
    if (req.method !== 'POST' || !req.is('multipart/form-data')) return next();
    allow('pr')(req, res, (refused?: unknown) => {
      if (refused) return next(refused);
      raw(req, res, (error?: unknown) => (error ? next(error) : void readForm(req, res, next).catch(next)));
    });
  });
  return router;
}
