import { decodeEntities } from '../../src/extract/html-entities.ts';

/** Text with markup, entities and white space levelled, so that one escaping more or less makes no difference. */
export function level(text: string): string {
  let plain = text;
  for (let round = 0; round < 3; round += 1) plain = decodeEntities(plain.replace(/<[^>]*>/g, ' '));
  return plain.replace(/\s+/g, ' ').trim();
}
