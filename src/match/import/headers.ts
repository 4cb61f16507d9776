import type { Field, FileKind } from './fields.ts';

const MAX_HEADER = 120;

/** A header as words: lower case, ё as е, signs as blanks, numbers left out: «E-mail 1 - Value» is «e mail value». */
export function foldHeader(header: string): string {
  return header
    .slice(0, MAX_HEADER)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}

const table = (lines: Readonly<Partial<Record<Field, string>>>): ReadonlyMap<string, Field> =>
  new Map(
    Object.entries(lines).flatMap(([field, names]) =>
      names.split(',').map((name) => [name.trim(), field as Field] as const),
    ),
  );

/** As CRMs and address books call them in exports: Bitrix24, amoCRM, 1C, RetailCRM, HubSpot, Salesforce, Google, Outlook. */
const CUSTOMERS = table({
  external_id:
    'id, external id, customer id, client id, contact id, record id, ид, код, код клиента, код контрагента, номер, номер в crm, номер клиента, клиент id, id клиента, контакт id, id контакта, внешний код, внешний id, uid, crm id, идентификатор',
  name: 'name, full name, display name, customer, customer name, client, client name, contact name, contact, fn, имя и фамилия, имя фамилия, фамилия имя, фамилия и имя, фамилия имя отчество, имя отчество фамилия, имя отчество, фио, ф и о, клиент, контакт, контактное лицо, покупатель, наименование, полное имя, полное имя контакта, наименование контакта, полное наименование, название контакта, имя клиента, фио клиента',
  last_name: 'last name, surname, family name, фамилия, n last, lastname',
  first_name: 'first name, given name, имя, n first, firstname',
  patronymic: 'patronymic, middle name, second name, отчество, n patronymic, additional name, middlename',
  emails:
    'emails, email, e mail, mail, email address, e mail address, e mail value, email value, почта, эл почта, электронная почта, адрес электронной почты, адрес эл почты, рабочий e mail, рабочий email, частный e mail, личный email, личный e mail, другой e mail, другой email, e mail для рассылок, email для рассылок, work email, personal email, home email, other email, secondary email, additional email addresses, имейл, емейл',
  phones:
    'phones, phone, phone number, telephone, tel, mobile, mobile phone, mobile phone number, cell phone, cell, work phone, business phone, home phone, other phone, asst phone, primary phone, phone value, whatsapp phone number, телефон, телефоны, тел, номер телефона, мобильный, мобильный телефон, сотовый, сотовый телефон, рабочий телефон, рабочий прямой телефон, домашний телефон, другой телефон, контактный телефон, телефон для рассылок, телефон клиента, whatsapp',
  handles:
    'handles, handle, accounts, social, social profile, x socialprofile, impp, telegram, telegram username, telegram аккаунт, telegram имя, телеграм, ник, ник на форуме, никнейм, nickname, nick, twitter, twitter username, twitter handle, instagram, vk, вконтакте, вк, страница вконтакте, страница facebook, страница livejournal, микроблог twitter, facebook, аккаунты, контакт вконтакте, контакт facebook, соцсети, социальные сети, skype, контакт skype',
  company:
    'company, company name, account name, organization, organisation, organization name, employer, associated company, org, компания, название компании, организация, место работы, компания контакта, контрагент',
  role: 'role, title, job title, position, organization title, должность',
  owner:
    'owner, contact owner, account owner, assigned to, manager, ответственный, ответственный за контакт, менеджер, основной менеджер, ответственный менеджер, куратор',
  city: 'city, town, mailing city, business city, home city, city name, город, населенный пункт, adr city, address city, город проживания',
  addresses:
    'addresses, address, full address, postal address, mailing address, delivery address, adr, адрес, полный адрес, почтовый адрес, фактический адрес, юридический адрес, адрес доставки, address formatted',
  address_part:
    'street, street address, mailing street, address line, mailing state, mailing state province, mailing zip, mailing zip postal code, mailing country, postal code, zip, zip code, state, state region, region, country, country region, улица, дом, квартира, почтовый индекс, индекс, область, район, страна, регион',
  birth_year:
    'birth year, birthday, birthdate, birth date, date of birth, bday, дата рождения, год рождения, день рождения',
  language: 'language, lang, preferred language, язык, язык общения',
  tier: 'tier, value tier, ценность, категория ценности',
  segments:
    'segments, segment, tags, tag, labels, groups, categories, list membership, группа, группы, теги, тег, сегмент, сегменты, метки, тип клиента, тип контакта, категория, категории, lifecycle stage, group membership',
  interests: 'interests, interest, интересы, интерес, предпочтения, увлечения',
  purchases: 'purchases, orders',
  contacts: 'contacts, interactions, activities',
  consents: 'consents',
});

const CUSTOMER_OF_FACT = [
  'external id, customer, customer id, client id, client, contact id, contact, customer external id, id клиента, код клиента, клиент, клиент id, номер клиента, покупатель, контакт, контакт id, id контакта, контрагент, код контрагента',
].join();

const PURCHASES = table({
  external_id: CUSTOMER_OF_FACT,
  purchase_id:
    'purchase id, purchase, order id, order, order number, order no, number, deal id, invoice, invoice number, id, номер заказа, заказ, номер, номер сделки, id сделки, сделка, чек, номер чека, номер покупки, document number, номер документа',
  at: 'at, date, order date, purchase date, created, created at, closed at, close date, paid at, time, дата, дата заказа, дата покупки, дата создания, дата оплаты, дата закрытия, дата сделки, когда',
  amount:
    'amount, sum, total, price, order total, deal amount, value, сумма, сумма заказа, сумма сделки, стоимость, итого, бюджет, бюджет сделки, цена',
  currency: 'currency, currency code, валюта, код валюты',
  item: 'item, items, product, products, product name, deal name, description, товар, товары, услуга, продукт, наименование, название, название сделки, номенклатура, что куплено',
  channel: 'channel, source, sales channel, канал, источник, канал продаж, способ оформления, магазин',
});

const CONTACTS = table({
  external_id: CUSTOMER_OF_FACT,
  contact_id: 'contact no, activity id, call id, event id, id, номер, id дела, номер обращения, id звонка',
  at: 'at, date, time, created, created at, start, start time, when, дата, дата и время, время, дата звонка, дата обращения, когда, дата создания, начало',
  kind: 'kind, type, activity type, вид, тип, тип дела, вид контакта, тип контакта, тип обращения',
  channel: 'channel, source, канал, источник, канал связи',
  direction: 'direction, направление',
  answered: 'answered, is answered, outcome, отвечен, отвечено, ответ, получен ответ, принят',
  subject: 'subject, title, topic, description, comment, тема, описание, комментарий, о чем, результат',
});

const CONSENTS = table({
  external_id: CUSTOMER_OF_FACT,
  channel: 'channel, канал, канал связи',
  purpose: 'purpose, цель, на что, цель обработки',
  state: 'state, status, consent, состояние, статус, согласие, решение',
  at: 'at, date, time, when, given at, дата, дата согласия, когда, время',
  origin: 'origin, source, where, источник, откуда, где получено',
});

const TABLES: Readonly<Record<FileKind, ReadonlyMap<string, Field>>> = {
  customers: CUSTOMERS,
  purchases: PURCHASES,
  contacts: CONTACTS,
  consents: CONSENTS,
};

/** Headers that look like one of ours and are something else: what is after them belongs to the firm, to a device, or to nobody. */
const NOT_OURS = new Set(
  'fax, факс, номер факса, pager, пейджер, номер пейджера, phone ext, инн, кпп, огрн, пол, gender, created, дата создания, комментарий, notes, note, url, website, сайт, photo, фото'
    .split(',')
    .map((name) => name.trim()),
);

/** Words that tell by themselves, whatever stands around them, in customers' files. */
const TELLING: readonly (readonly [RegExp, Field])[] = [
  [/(?:^| )(?:e mail|email|почта)(?: |$)/u, 'emails'],
  [/(?:^| )(?:phone|mobile|телефон|моб|тел)(?: |$)/u, 'phones'],
  [/(?:^| )(?:telegram|телеграм|vk|вконтакте|twitter|instagram)(?: |$)/u, 'handles'],
];
/** With one of these a header tells of a mark or a time, not of an address or number. */
const ABOUT =
  /(?:^| )(?:type|label|id|date|opt|opted|bounced?|domain|valid|status|дата|тип|статус|согласие|подписка|ext|country|code|hash)(?: |$)/u;

/** The field that a header names; null: it names none, or another thing; undefined: it does not tell. */
export function fieldOfHeader(header: string, kind: FileKind): Field | null | undefined {
  const folded = foldHeader(header);
  const known = TABLES[kind].get(folded);
  if (known) return known;
  if (folded === '' || kind !== 'customers') return undefined;
  if (NOT_OURS.has(folded) || ABOUT.test(folded)) return null;
  return TELLING.find(([words]) => words.test(folded))?.[1];
}
