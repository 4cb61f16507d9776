import { expect, it } from 'vitest';
import { meaningOf } from '../../src/query/choices.ts';
import { FIELDS } from '../../src/query/fields.ts';

const choices = [...FIELDS.values()].flatMap(({ name, choices = [] }) =>
  choices.map((choice) => `${name}:${choice}`),
);

it.each(choices)('%s is explained in both languages', (condition) => {
  const [, choice = ''] = condition.split(':');
  expect(meaningOf(choice, 'ru')).toMatch(/\p{Script=Cyrillic}/u);
  expect(meaningOf(choice, 'en')).toMatch(/^[\p{Script=Latin} ’,]+$/u);
});
