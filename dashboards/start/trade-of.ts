import type { Trade } from '../../src/model/starter-source.ts';

/** How people name their trade, by the beginnings of words. */
const WORDS: Record<Trade, RegExp> = {
  bank: /(?:^|[^\p{L}])(?:банк|кредит|финанс|страхов|bank|credit|financ|insur|fintech)/iu,
  telecom:
    /(?:^|[^\p{L}])(?:связь|связи|оператор|телеком|интернет-провайдер|провайдер|telecom|carrier|broadband|mobile operator)/iu,
  food: /(?:^|[^\p{L}])(?:ресторан|кафе|кофе|пицц|еда|еды|продукт|напит|restaurant|cafe|coffee|food|pizza|drink)/iu,
  travel: /(?:^|[^\p{L}])(?:тур|отел|гостин|авиа|путешеств|travel|hotel|airline|tour|flight)/iu,
  shop: /(?:^|[^\p{L}])(?:магазин|маркет|торгов|ритейл|одежд|обув|аптек|shop|store|retail|market|fashion)/iu,
  tech: /(?:^|[^\p{L}])(?:приложен|сайт|сервис|софт|программ|электрон|техник|app|software|tech|electronic|device|service)/iu,
  city: /(?:^|[^\p{L}])(?:город|район|жкх|транспорт|застройщ|city|borough|council|transit|housing)/iu,
};

/** The trade that a description names; null when it names none. */
export function tradeOf(about: string): Trade | null {
  const found = (Object.entries(WORDS) as [Trade, RegExp][]).find(([, words]) => words.test(about));
  return found?.[0] ?? null;
}
