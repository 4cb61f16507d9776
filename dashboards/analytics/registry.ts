import { authors } from './blocks/authors.ts';
import { causes } from './blocks/causes.ts';
import { hours } from './blocks/hours.ts';
import { languages } from './blocks/languages.ts';
import { phrases } from './blocks/phrases.ts';
import { places } from './blocks/places.ts';
import { share } from './blocks/share.ts';
import { sources } from './blocks/sources.ts';
import { tiers } from './blocks/tiers.ts';
import { tone } from './blocks/tone.ts';
import { volume } from './blocks/volume.ts';
import type { Block } from './figure.ts';

/** One line a block; the page shows them in this order. */
export const blocks: readonly Block[] = [
  volume,
  tone,
  causes,
  tiers,
  share,
  sources,
  authors,
  phrases,
  hours,
  languages,
  places,
];
