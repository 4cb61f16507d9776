import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { InputError } from '../../src/lib/errors.ts';
import type { CorrectionOutcome, Said } from '../../src/model/correction.ts';
import type { CorrectionId, DocumentId } from '../../src/model/ids.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { sayOfTag, takeBack } from './say.ts';

/** Shows a document again, with what went wrong. */
export type ShowDocument = (
  res: Response,
  next: NextFunction,
  id: DocumentId,
  mistakes: readonly string[],
) => Promise<void>;

const correctSchema = z.object({
  document: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  revision: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  kind: z.string().max(50),
  target: z.string().max(200),
  /** `field=value` of a button, or `right`. */
  word: z.string().max(100).optional(),
  field: z.string().max(50).optional(),
  value: z.string().max(100).optional(),
});
const undoSchema = z.object({
  correction: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER),
});

/** A form's words as the value's fields have them; what cannot be one stays as it is, and is refused by its field. */
function fieldValue(field: string, word: string): unknown {
  if (field === 'isComplaint') return word === 'yes' ? true : word === 'no' ? false : word;
  return field === 'severity' && /^\d$/.test(word) ? Number(word) : word;
}

function readSaid({ word, field, value }: z.infer<typeof correctSchema>): Said | 'right' {
  if (word === 'right') return 'right';
  const [name = '', ...rest] = word === undefined ? [field, value ?? ''] : word.split('=');
  return name === '' ? {} : { [name]: fieldValue(name, rest.join('=').trim().toLowerCase() || '') };
}

/** Where the reader was on the page. */
function anchor(target: string): string {
  return `#tags${target === '' ? '' : `-${target}`}`;
}

function answerOf(outcome: CorrectionOutcome, done: string): string {
  return outcome === 'same' ? 'same' : done;
}

/** A person says what a tag should have been. */
export async function correctTag(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: NextFunction,
  show: ShowDocument,
): Promise<void> {
  const form = correctSchema.safeParse(req.body);
  const { t } = viewerOf(res);
  if (!form.success) {
    res.status(422);
    throw new InputError(
      form.error.issues.map(({ path, message }) => ({ at: path.map(String).join('.'), message })),
    );
  }
  const { kind, target, revision } = form.data;
  const id = form.data.document as DocumentId;
  const said = readSaid(form.data);
  const { email: by } = userOf(res);
  try {
    const outcome = await sayOfTag(deps, { documentId: id, revision, kind, target, said, by });
    if (outcome === 'gone') return next();
    if (outcome === 'edited') {
      res.status(409);
      return show(res, next, id, [t('correct.edited')]);
    }
    res.redirect(303, `/mentions/${id}?done=1&what=${answerOf(outcome, 'corrected')}${anchor(target)}`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    res.status(422);
    const mistakes = error.issues.map(({ at, message }) => t('correct.mistake', { field: at, message }));
    return show(res, next, id, mistakes);
  }
}

/** Takes one correction back. */
export async function undoTag(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: NextFunction,
  show: ShowDocument,
): Promise<void> {
  const id = undoSchema.parse(req.body).correction as CorrectionId;
  const { email: by } = userOf(res);
  const { outcome, correction } = await takeBack(deps, { id, by });
  if (!correction) return next();
  if (outcome === 'late') {
    res.status(409);
    return show(res, next, correction.documentId, [viewerOf(res).t('correct.late')]);
  }
  res.redirect(303, `/mentions/${correction.documentId}?done=1&what=undone${anchor(correction.target)}`);
}
