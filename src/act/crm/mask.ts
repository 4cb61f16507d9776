import { withoutPrivate } from '../../lib/private/mask.ts';

export type Mask = (text: string) => string;

/** Shorter ones would be found everywhere. */
const MIN_LENGTH = 3;

/** As they stand, in an address, and within JSON. */
function spellings(text: string): string[] {
  const wellFormed = text.toWellFormed();
  return [wellFormed, encodeURIComponent(wellFormed), JSON.stringify(wellFormed).slice(1, -1)];
}

/** Takes these out of a text, and leaves it what it was otherwise. */
export function maskOut(hidden: readonly string[]): Mask {
  const gone = [...new Set(hidden.flatMap(spellings))]
    .filter((text) => text.length >= MIN_LENGTH)
    .sort((one, two) => two.length - one.length);
  return (text) => gone.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** Makes what another system said fit to be shown: without these, each word of them, and whatever looks like an e-mail, a phone or a card. */
export function maskWords(hidden: readonly string[]): Mask {
  const mask = maskOut(hidden.flatMap((text) => [text, ...text.split(/\s+/)]));
  return (text) => withoutPrivate(mask(text));
}
