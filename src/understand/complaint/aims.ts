import type { Morphology } from '../../model/ports.ts';
import type { Reading } from '../reading.ts';

/** What one can complain of to a company: where none of these, no name and no account is there, nobody is meant. Dictionary forms. */
const TRADE = new Set(
  (
    'банк карта счёт кредит деньги вклад комиссия оператор тариф интернет связь сеть номер смс симка роуминг провайдер магазин заказ доставка курьер ' +
    'посылка товар продавец касса чек возврат гарантия сервис обслуживание поддержка менеджер сотрудник персонал кассир официант администратор приложение ' +
    'сайт аккаунт кабинет подписка обновление врач клиника аптека рейс билет поезд самолёт багаж такси водитель отель номер ресторан кафе блюдо еда ' +
    'ремонт мастер квартира управляющий страховка полис курс школа телефон ноутбук машина салон цена скидка акция качество компания фирма клиент ' +
    'bank card account order delivery courier parcel refund shop store staff service support app site website subscription update flight ticket train ' +
    'luggage taxi driver hotel room restaurant food repair insurance price bill charge customer company phone internet signal network broadband'
  ).split(' '),
);
const ACCOUNT = /[@#][\p{L}\d_]/u;
/** A capital that no sentence begins with. */
const NAME = /[\p{Ll}\p{N},;:»"”)] [«"“]?\p{Lu}/u;
const READ_AT_MOST = 3_000;

/** Is it anger at the weather, a film, the world: nothing that a company could put right? */
export function isAimless(text: string, { words }: Reading, morphology: Morphology): boolean {
  const head = text.slice(0, READ_AT_MOST);
  if (ACCOUNT.test(head) || NAME.test(head)) return false;
  for (const { text: form, lemmas } of words) {
    for (const lemma of lemmas) if (TRADE.has(lemma)) return false;
    if (isUnknownName(form, morphology)) return false;
  }
  return true;
}

/** «билайн»: a Russian word that no dictionary has is a name more often than anything else. */
function isUnknownName(form: string, morphology: Morphology): boolean {
  return /^[а-яё]{3,}$/.test(form) && !morphology.isKnown(form);
}
