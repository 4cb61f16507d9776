import { REASONS, SEVERITIES, TONES } from '../../src/model/correction.ts';
import { type Complaint, type KindTag, levelOf, POST_KINDS, type Sentiment } from '../../src/model/tag.ts';
import type { Viewer } from '../auth/session.ts';

/** A key by its place on the keyboard, and what stands on it in each layout: people need not switch. */
export interface Key {
  /** KeyboardEvent.code */
  code: string;
  ru: string;
  en: string;
}

const digit = (n: number): Key => ({ code: `Digit${n}`, ru: String(n), en: String(n) });
const letter = (en: string, ru: string): Key => ({ code: `Key${en}`, ru, en });

/** One thing that a person can say with one press. */
export interface Choice {
  /** `field=value`, as the form sends it. */
  word: string;
  text: string;
  isChosen: boolean;
  /** Absent: by the mouse only. */
  key?: Key;
}

export const TONE_KEYS = [1, 2, 3, 4].map(digit);
/** It is one, it is none. */
export const COMPLAINT_KEYS = [5, 6].map(digit);
const SEVERITY_KEYS = [7, 8, 9].map(digit);
const REASON_KEYS = [
  letter('A', 'Ф'),
  letter('S', 'Ы'),
  letter('D', 'В'),
  letter('F', 'А'),
  letter('G', 'П'),
  letter('H', 'Р'),
  letter('J', 'О'),
  letter('K', 'Л'),
];
/** Of a post: they work in each of its cards. */
const KIND_KEYS = [
  letter('Q', 'Й'),
  letter('W', 'Ц'),
  letter('E', 'У'),
  letter('Y', 'Н'),
  letter('I', 'Ш'),
  letter('O', 'Щ'),
  letter('P', 'З'),
  letter('Z', 'Я'),
  letter('X', 'Ч'),
  letter('C', 'С'),
  letter('V', 'М'),
  letter('B', 'И'),
];
/** “It is right”, of a tone, a complaint and a kind. */
export const RIGHT_KEYS: Readonly<Record<string, Key>> = {
  sentiment: letter('R', 'К'),
  complaint: letter('T', 'Е'),
  kind: letter('M', 'Ь'),
};
export const UNDO_KEY = letter('U', 'Г');
export const NEXT_KEY = letter('N', 'Т');
export const SKIP_KEY = letter('S', 'Ы');
export const BACK_KEY = letter('B', 'И');

/** Those that this house meets every day; others are typed. */
const LANGUAGES = ['ru', 'en', 'uk', 'be', 'kk'];

/** A choice without `key` when there is none for it. */
function choice(word: string, text: string, isChosen: boolean, key: Key | undefined): Choice {
  return key ? { word, text, isChosen, key } : { word, text, isChosen };
}

export function toneChoices({ t }: Viewer, { label }: Sentiment): Choice[] {
  return TONES.map((tone, at) => choice(`label=${tone}`, t(`tone.${tone}`), tone === label, TONE_KEYS[at]));
}

/** Of what may be one neither is chosen: a person is asked. */
export function complaintChoices({ t }: Viewer, complaint: Complaint): Choice[] {
  const level = levelOf(complaint);
  return [
    choice('isComplaint=yes', t('correct.complaint.yes'), level === 'alert', COMPLAINT_KEYS[0]),
    choice('isComplaint=no', t('correct.complaint.no'), level === 'none', COMPLAINT_KEYS[1]),
  ];
}

export function reasonChoices({ t }: Viewer, complaint: Complaint): Choice[] {
  return REASONS.map((reason, at) =>
    choice(`reason=${reason}`, t(`reason.${reason}`), reason === complaint.reason, REASON_KEYS[at]),
  );
}

export function severityChoices({ t }: Viewer, complaint: Complaint): Choice[] {
  return SEVERITIES.map((severity, at) =>
    choice(
      `severity=${severity}`,
      t(`severity.${severity}`),
      severity === complaint.severity,
      SEVERITY_KEYS[at],
    ),
  );
}

export function kindChoices({ t }: Viewer, { kind }: KindTag): Choice[] {
  return POST_KINDS.map((one, at) => choice(`kind=${one}`, t(`kind.${one}`), one === kind, KIND_KEYS[at]));
}

/** In the reader's language; the code itself of one that has no name there. */
export function languageName({ language, t }: Viewer, code: string): string {
  if (code === 'und' || !/^[a-z]{2,3}$/.test(code)) return t('correct.language.und');
  return new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code;
}

export function languageChoices(viewer: Viewer, code: string): Choice[] {
  return [...new Set([...LANGUAGES, code])].map((one) => ({
    word: `code=${one}`,
    text: languageName(viewer, one),
    isChosen: one === code,
  }));
}
