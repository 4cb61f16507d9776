import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../src/fetch/charset.ts';

const RUSSIAN =
  'Заказывал чайник две недели назад, до сих пор не привезли. Служба поддержки молчит, а деньги уже списали — что делать?';
const CHARSETS = ['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'];
const encode = (text: string, charset: string) => iconv.encode(text, charset.replace(/^x-/, ''));
const plain = RUSSIAN.replace('—', '-');

describe('undeclared bytes', () => {
  test.each(CHARSETS)('are recognised as %s', (charset) => {
    expect(decodeText(encode(`<p>${plain}</p>`, charset), 'text/html')).toEqual({
      text: `<p>${plain}</p>`,
      charset,
    });
  });

  test('are read as UTF-8 when they are', () => {
    expect(decodeText(Buffer.from(RUSSIAN), '')).toEqual({ text: RUSSIAN, charset: 'utf-8' });
  });

  test('of a Western language are windows-1252', () => {
    expect(decodeText(encode('Café déjà vu, naïve façade, Ärger über Öl', 'windows-1252'), '').charset).toBe(
      'windows-1252',
    );
  });

  test('of nothing are empty text', () => {
    expect(decodeText(new Uint8Array(), '')).toEqual({ text: '', charset: 'utf-8' });
  });
});

describe('declarations', () => {
  test.each([
    ['header', 'text/html; charset="windows-1251"', ''],
    ['meta', 'text/html', '<meta charset=windows-1251>'],
    ['http-equiv', 'text/html', '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'],
    ['XML declaration', 'application/xml', '<?xml version="1.0" encoding="windows-1251"?>'],
  ])('in a %s are followed', (_where, header, head) => {
    expect(decodeText(encode(`${head}Да`, 'windows-1251'), header)).toEqual({
      text: `${head}Да`,
      charset: 'windows-1251',
    });
  });

  test('a byte order mark stands above the header', () => {
    expect(decodeText(Buffer.from(`\ufeff${RUSSIAN}`), 'text/html; charset=windows-1251')).toEqual({
      text: RUSSIAN,
      charset: 'utf-8',
    });
    expect(decodeText(Buffer.from(`\ufeff${RUSSIAN}`, 'utf16le'), '').text).toBe(RUSSIAN);
  });

  test.each([
    ['utf-8', 'windows-1251'],
    ['iso-8859-1', 'windows-1251'],
    ['windows-1251', 'koi8-r'],
    ['windows-1251', 'utf-8'],
    ['no-such-charset', 'koi8-r'],
    ['hex', 'windows-1251'],
  ])('of %s are passed over when the bytes are plainly %s', (declared, real) => {
    expect(decodeText(encode(plain, real), `text/html; charset=${declared}`)).toEqual({
      text: plain,
      charset: real,
    });
  });

  test('one broken byte does not make UTF-8 something else', () => {
    const cut = Buffer.from(RUSSIAN).subarray(0, -1);
    const broken = Buffer.concat([Buffer.from(RUSSIAN), Buffer.from([0xff])]);
    expect(decodeText(broken, 'text/html; charset=utf-8').charset).toBe('utf-8');
    expect(decodeText(cut, '').text).toContain('Заказывал');
  });
});

test('never throws, whatever the bytes and the header', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.oneof(
        fc.string(),
        fc.constantFrom('text/html; charset=utf-16', 'a; charset=utf-32', 'x; charset=utf-7'),
      ),
      (bytes, header) => {
        expect(typeof decodeText(bytes, header).text).toBe('string');
      },
    ),
  );
});

describe('bytes without any word about their charset', () => {
  test.each([
    ['windows-1253', 'Η εταιρεία δεν απάντησε ποτέ στο γράμμα μου, και αυτό είναι πολύ κακό'],
    ['iso-8859-7', 'Ένας φίλος μου αγόρασε το ίδιο τηλέφωνο και είναι ευχαριστημένος'],
    ['windows-1255', 'קניתי את הטלפון הזה לפני שבוע והוא כבר לא עובד, מה עושים'],
    ['windows-1256', 'اشتريت هذا الهاتف قبل أسبوع وهو لا يعمل الآن، ماذا أفعل'],
    ['windows-874', 'ฉันซื้อโทรศัพท์เครื่องนี้เมื่อสัปดาห์ที่แล้วและมันไม่ทำงาน'],
    ['windows-1250', 'Příliš žluťoučký kůň úpěl ďábelské ódy'],
    ['iso-8859-2', 'Zażółć gęślą jaźń, a potem kup sobie nową żarówkę'],
    ['windows-1254', 'Geçen hafta aldığım telefon çalışmıyor, şirket ise hiç yanıt vermiyor'],
    ['windows-1257', 'Įmonė neatsakė į mano laišką, o prekė vis dar neveikia, gėda jiems už šį žingsnį'],
    ['windows-1252', 'L’année dernière, à Noël, j’ai été très déçu par le service'],
    ['shift_jis', 'この携帯電話は先週買ったばかりなのに、もう動きません。'],
    ['euc-jp', 'この携帯電話は先週買ったばかりなのに、もう動きません。'],
    ['gb18030', '我上个星期买了这个手机，现在已经不能用了，公司也没有回答我的问题。'],
    ['big5', '我上個星期買了這個手機，現在已經不能用了，公司也沒有回答我的問題。'],
    ['euc-kr', '지난주에 산 전화기가 벌써 작동하지 않는데 회사는 대답이 없습니다'],
    ['utf-16le', 'Телефон сломался <b>за неделю</b>'],
    ['utf-16be', 'Телефон сломался <b>за неделю</b>'],
    ['utf-32le', 'Телефон сломался'],
  ])('%s is recognised', (charset, text) => {
    const bytes = iconv.encode(text, charset, { addBOM: false });
    expect(decodeText(bytes, '').text).toBe(text);
  });

  test('seven-bit Japanese is recognised by its escapes', () => {
    const bytes = Buffer.from('\u001b$B%F%9%H\u001b(B', 'latin1');
    expect(decodeText(bytes, 'text/html')).toEqual({ text: 'テスト', charset: 'iso-2022-jp' });
  });
});

test('a charset is told by the name that it was declared by', () => {
  const bytes = Buffer.from('plain');
  expect(decodeText(bytes, 'text/html; charset=ISO-8859-1').charset).toBe('iso-8859-1');
  expect(decodeText(bytes, 'application/xml; charset=us-ascii').charset).toBe('us-ascii');
  expect(decodeText(bytes, 'text/xml').charset).toBe('us-ascii');
});
