/** E-mail, phone and order number in the one spelling in which they are compared; null when the text holds none. */

const EMAIL = /^([^\s@]{1,64})@([^\s@]{1,190}\.[^\s@.]{2,24})$/u;
/** One mailbox answers to several hosts. */
const SAME_HOST: Readonly<Record<string, string>> = {
  'ya.ru': 'yandex.ru',
  'yandex.com': 'yandex.ru',
  'yandex.by': 'yandex.ru',
  'yandex.kz': 'yandex.ru',
  'googlemail.com': 'gmail.com',
};

/** Lower case, without `+tag`; dots do not count at gmail, hosts of one mailbox are one. */
export function foldEmail(text: string): string | null {
  const match = EMAIL.exec(text.normalize('NFKC').trim().toLowerCase());
  if (!match) return null;
  const [, name = '', host = ''] = match;
  const known = SAME_HOST[host] ?? host;
  const plain = name.replace(/\+.*$/, '');
  const local =
    known === 'gmail.com'
      ? plain.replaceAll('.', '')
      : known === 'yandex.ru'
        ? plain.replaceAll('.', '-')
        : plain;
  return local === '' ? null : `${local}@${known}`;
}

const NATIONAL_DIGITS = 10;

/** The last ten digits: whether +7, 8 or nothing stands before them is a matter of taste. */
export function foldPhone(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/\(0\)/g, '').replace(/\D/g, '');
  return digits.length >= NATIONAL_DIGITS && digits.length <= 15 ? digits.slice(-NATIONAL_DIGITS) : null;
}

/** Letters and digits in upper case; at least five digits, or a year would be an order. */
export function foldOrder(text: string): string | null {
  const order = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return order.length <= 32 && order.replace(/\D/g, '').length >= 5 ? order : null;
}

const LEGAL_FORM =
  /(?:^|[^\p{L}])(?:ооо|оао|зао|пао|ао|ип|нпо|тоо|чп|ltd|llc|inc|plc|gmbh|corp|co|company|limited)(?=$|[^\p{L}])\.?/giu;

/** A company's name without its legal form and signs; empty when nothing is left. */
export function foldCompany(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(LEGAL_FORM, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
