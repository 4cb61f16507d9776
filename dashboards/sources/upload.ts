import type { Router } from 'express';
import { InputError } from '../../src/lib/errors.ts';
import { uploadRoute } from '../upload.ts';

/** By the encoding that XML declares, else UTF-8. */
function decode(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.slice(0, 200));
  const label = /encoding=["']([\w-]+)["']/.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Fields of a form with a list of sources, as those of other forms: the file becomes its text. */
export function uploadRoutes(): Router {
  return uploadRoute({
    path: '/sources/import',
    right: 'sources:edit',
    limit: '2mb',
    take(form, req) {
      if (!form) throw new InputError([{ at: 'form', message: 'the upload cannot be read' }]);
      const texts = form.files.map(({ field, bytes }) => [field, decode(bytes).replaceAll('\0', '')]);
      req.body = { ...form.fields, ...Object.fromEntries(texts) };
    },
  });
}
