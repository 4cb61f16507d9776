import type { InputError } from '../../src/lib/errors.ts';
import type { Viewer } from '../auth/session.ts';
import { TEXTS, type TextKey } from '../texts.ts';

/** What is wrong with what a person wrote, in the person's language where we have words for it. */
export function mistakeWords({ t }: Viewer, error: InputError): string {
  return error.issues
    .map(({ at, message }) => {
      const key = `source.mistake.${at.toLowerCase() === 'url' ? 'address' : at.toLowerCase()}`;
      return key in TEXTS ? t(key as TextKey) : `${at}: ${message}`;
    })
    .join(' ');
}
