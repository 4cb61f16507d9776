import { describe, expect, it } from 'vitest';
import { documentPart, withText } from '../../src/act/payload.ts';
import type { Document } from '../../src/model/document.ts';

const SECRETS = 'Заказ 445566, карта 4111 1111 1111 1111, тел. 8 916 123-45-67, anna@example.ru';
const document = {
  url: 'https://f.example/1',
  title: SECRETS,
  text: SECRETS,
  publishedAt: null,
  foundAt: new Date(0),
} as Document;

describe('what leaves the house of a document', () => {
  it('has nothing private', () => {
    const payload = withText({ document: documentPart(document, []) }, document, []);
    const masked = 'Заказ ••••66, карта •••• •••• •••• 1111, тел. • ••• •••-••-67, a•••@example.ru';
    expect(payload.document).toMatchObject({ title: masked, text: masked });
  });

  it('has the order’s number where the receiver may see it, never the card’s', () => {
    const { document: part } = withText({ document: documentPart(document, ['order']) }, document, ['order']);
    expect(part.text).toBe('Заказ 445566, карта •••• •••• •••• 1111, тел. • ••• •••-••-67, a•••@example.ru');
  });

  it('is masked before it is cut: half a number is no number', () => {
    const text = `${'я'.repeat(9_410)} 4111111111111111`;
    const payload = withText({ document: documentPart(document, []) }, { ...document, text }, []);
    expect(payload.document.text).not.toMatch(/4111/);
  });
});
