import type { PostKind } from '../model/tag.ts';
import { nearest } from './fields.ts';

/** What those who write Russian call kinds of post: `intent:реклама` is `intent:advert`. */
const RUSSIAN_KINDS: ReadonlyMap<string, PostKind> = new Map(
  (
    [
      ['complaint', 'жалоба жалобы'],
      ['question', 'вопрос вопросы'],
      ['thanks', 'благодарность благодарности спасибо'],
      ['recommendation', 'рекомендация рекомендации совет советы'],
      ['comparison', 'сравнение сравнения'],
      ['news', 'новость новости'],
      ['advert', 'реклама объявление объявления'],
      ['vacancy', 'вакансия вакансии'],
      ['giveaway', 'розыгрыш розыгрыши конкурс конкурсы'],
      ['reply', 'ответ ответы'],
      ['spam', 'спам'],
      ['other', 'прочее другое'],
    ] as const
  ).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)),
);

/** By its Russian name in lower case. */
export function kindNamed(name: string): PostKind | undefined {
  return RUSSIAN_KINDS.get(name);
}

/** The kind whose Russian name is one typing error away, or null. */
export function nearestKind(name: string): PostKind | null {
  return RUSSIAN_KINDS.get(nearest(RUSSIAN_KINDS.keys(), name) ?? '') ?? null;
}
