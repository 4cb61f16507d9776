import { beforeAll, describe, expect, it } from 'vitest';
import { loadTagResources } from '../../src/app/tag-resources.ts';
import type { TagResources } from '../../src/model/ports.ts';
import type { KindTag } from '../../src/model/tag.ts';
import { understand } from '../../src/understand/understand.ts';

let resources: TagResources;
beforeAll(async () => {
  resources = await loadTagResources();
});

function kindOf(text: string, more: { isOfficial?: boolean; kind?: 'article' | 'post' } = {}): KindTag {
  const { isOfficial = false, kind = 'post' } = more;
  const document = { title: null, text, kind, declaredLanguage: null };
  const tags = understand({ document, targets: [], isOfficial }, resources);
  return tags.find((tag) => tag.kind === 'kind')?.value as KindTag;
}

describe('the kind of a post', () => {
  it.each([
    ['Подскажите, пожалуйста, как отключить платную подписку?', 'question'],
    ['Требуется продавец-консультант, график 2/2, оклад 60 000, собеседование в офисе', 'vacancy'],
    ['Розыгрыш! Сделай репост и отметь друга, победителя выберем в пятницу', 'giveaway'],
    ['Скидка 20 % по промокоду ЛЕТО, только до воскресенья, бесплатная доставка', 'advert'],
    ['Здравствуйте! Приносим извинения, уточните, пожалуйста, номер заказа, мы проверим', 'reply'],
    ['Взаимный фолловинг, накрутка подписчиков дёшево', 'spam'],
    ['Does anyone know how do I cancel my plan?', 'question'],
    ["We're hiring! Apply now, full time, join our team", 'vacancy'],
    ['Giveaway: follow and retweet for a chance to win', 'giveaway'],
    ['Use the promo code SUMMER, free shipping, limited time', 'advert'],
  ])('%s: %s', (text, kind) => {
    expect(kindOf(text).kind).toBe(kind);
  });

  it('is a reply when the company itself has written it', () => {
    expect(kindOf('Курьер опоздал, ужас', { isOfficial: true })).toEqual({ kind: 'reply', confidence: 1 });
  });

  it('is as sure as a probability', () => {
    for (const text of ['', 'ок', 'Спасибо большое за помощь!', '😡'.repeat(100)]) {
      expect(kindOf(text).confidence).toBeGreaterThan(0);
      expect(kindOf(text).confidence).toBeLessThanOrEqual(1);
    }
  });
});
