import type { Correction, Said } from '../../src/model/correction.ts';
import { sayable } from '../../src/model/correction.ts';
import type { PostKind, SentimentLabel } from '../../src/model/tag.ts';
import type { Viewer } from '../auth/session.ts';
import type { TextKey } from '../texts.ts';
import { reasonName } from '../views/format.ts';
import { languageName } from './choices.ts';

/** What was said of a tag, in words: `жалоба: доставка, лёгкая`. Of kinds that pages do not know, as it stands. */
function saidWords(viewer: Viewer, kind: string, said: Said): string {
  const { t } = viewer;
  const { label, isComplaint, reason, severity, code } = said;
  if (kind === 'sentiment' && typeof label === 'string') return t(`tone.${label as SentimentLabel}`);
  if (kind === 'kind' && typeof said.kind === 'string') return t(`kind.${said.kind as PostKind}`);
  if (kind === 'language' && typeof code === 'string') return languageName(viewer, code);
  if (kind !== 'complaint') return Object.values(said).join(', ');
  if (isComplaint === false) return t('correct.complaint.no');
  const details = [
    reason === undefined ? '' : reasonName(viewer, String(reason)),
    severity === undefined ? '' : t(`severity.${severity as 1 | 2 | 3}`),
  ].filter((word) => word !== '');
  return [t('correct.complaint.yes'), ...details].join(', ');
}

export function afterWords(viewer: Viewer, { kind, after }: Pick<Correction, 'kind' | 'after'>): string {
  return after === null ? '' : saidWords(viewer, kind, after);
}

/** Of what the tagger said, as much as the person has said something about. */
export function beforeWords(viewer: Viewer, correction: Correction): string {
  const { kind, before, after } = correction;
  const told = sayable(kind, before);
  const fields = Object.entries(told).filter(([field], at) => at === 0 || after === null || field in after);
  return saidWords(viewer, kind, Object.fromEntries(fields));
}

const KINDS: Readonly<Record<string, TextKey>> = {
  sentiment: 'correct.tone',
  complaint: 'correct.complaint',
  kind: 'correct.kind',
  language: 'correct.language',
};

export function kindWords({ t }: Viewer, kind: string): string {
  const key = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return key ? t(key) : kind;
}
