import type { ExampleText } from '../model/topic.ts';

const EXAMPLE_AT_MOST = 80;

/** `must match: «Ромашка вернула…»`, for reports. */
export function nameExample({ mustMatch, title, text }: ExampleText): { ru: string; en: string } {
  const words = (title ? `${title}. ${text}` : text).replace(/\s+/g, ' ').trim();
  const shown =
    words.length <= EXAMPLE_AT_MOST ? words : `${words.slice(0, EXAMPLE_AT_MOST - 1).toWellFormed()}…`;
  return mustMatch
    ? { ru: `должен находиться: «${shown}»`, en: `must match: «${shown}»` }
    : { ru: `не должен находиться: «${shown}»`, en: `must not match: «${shown}»` };
}
