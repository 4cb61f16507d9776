import { describe, expect, it } from 'vitest';
import { readVcards } from '../../../src/match/import/vcard.ts';
import { msOf } from '../../support/ms-of.ts';
import { pieces, readFileOf, rowsOf, textFile } from './reading.ts';

const people = async (text: string, size?: number) => readFileOf(textFile('c.vcf', text, size));

describe('a vCard', () => {
  it('3.0 is read with groups, folded lines, escapes and several values', async () => {
    const text =
      'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:urn:uuid:7\r\nN:Ковалёва;Анна;Сергеевна;;\r\nFN:Анна\r\n  Ковалёва\r\nitem1.EMAIL;TYPE=INTERNET:Anna@Example.ru\r\n' +
      'EMAIL:a2@example.ru\r\nTEL;TYPE=CELL,VOICE:8 (916) 123-45-67\r\nORG:ООО Ромашка\\, Уфа;Отдел\r\nTITLE:бухгалтер\r\n' +
      'ADR;TYPE=HOME:;;Ленина\\, 1;Уфа;Башкортостан;450000;Россия\r\nBDAY:1980-04-12\r\nCATEGORIES:опт,VIP\r\n' +
      'X-SOCIALPROFILE;type=twitter:https://twitter.com/anna\r\nIMPP:telegram:@anna_k\r\nPHOTO;ENCODING=b:AAAA\r\n BBBB\r\nEND:VCARD\r\n';
    for (const size of [1, 7, 60_000]) {
      const { records, issues } = await people(text, size);
      expect(issues).toEqual([]);
      expect(records).toMatchObject([
        {
          externalId: '7',
          name: 'Анна Ковалёва',
          company: 'ООО Ромашка, Уфа, Отдел',
          role: 'бухгалтер',
          city: 'Уфа',
          addresses: ['450000, Россия, Башкортостан, Уфа, Ленина, 1'],
          birthYear: 1980,
          segments: ['опт', 'VIP'],
          identifiers: [
            { value: 'anna@example.ru' },
            { value: 'a2@example.ru' },
            { value: '+79161234567' },
            { value: 'telegram/anna_k' },
            { value: 'twitter.com/anna' },
          ],
        },
      ]);
    }
  });

  it('2.1 is read with quoted-printable, its soft breaks and its charsets', async () => {
    const cp1251 = '=C8=E2=E0=ED=EE=E2;=CF=B8=F2=F0';
    const utf8 = '=D0=9F=D1=91=D1=82=D1=80=20=D0=98=D0=B2=D0=B0=\r\n=D0=BD=D0=BE=D0=B2';
    const { records } = await people(
      `BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:${cp1251}\r\nFN;CHARSET=UTF-8;QUOTED-PRINTABLE:${utf8}\r\nTEL;CELL:+7 916 000-00-01\r\nEND:VCARD\r\n`,
    );
    expect(records).toMatchObject([{ name: 'Пётр Иванов', identifiers: [{ value: '+79160000001' }] }]);
    const { rows } = await rowsOf(
      await readVcards(
        pieces(`BEGIN:VCARD\nN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:${cp1251}\nEND:VCARD\n`),
      ),
    );
    expect(rows[0]?.cells.slice(2, 4)).toEqual(['Иванов', 'Пётр']);
  });

  it('4.0 is read with addresses of phones and mail', async () => {
    const { records } = await people(
      'BEGIN:VCARD\nVERSION:4.0\nUID:u1\nFN:Ann\nTEL;VALUE=uri;TYPE="voice,cell":tel:+44-20-7946-0018\nEMAIL;PREF=1:mailto:ann@example.com\nBDAY:--0412\nEND:VCARD',
    );
    expect(records).toMatchObject([
      {
        externalId: 'u1',
        birthYear: null,
        identifiers: [{ value: 'ann@example.com' }, { value: '+442079460018' }],
      },
    ]);
  });

  it('without a UID is the same customer the next time', async () => {
    const card = (name: string) => `BEGIN:VCARD\nFN:${name}\nEMAIL:a@b.ru\nEND:VCARD\n`;
    const [one, two] = [await people(card('A')), await people(card('B'))];
    expect(one.records[0]?.externalId).toMatch(/^vcard-made-[0-9a-f]{64}$/);
    expect(one.records[0]?.externalId).toBe(two.records[0]?.externalId);
  });

  it('that is never closed is named, and the next one is read', async () => {
    const { records, issues } = await people(
      'BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nUID:b\nEND:VCARD\nBEGIN:VCARD\nFN:C',
    );
    expect(records.map(({ name }) => name)).toEqual(['B']);
    expect(issues.map(({ at }) => at)).toEqual(['c.vcf:1', 'c.vcf:7']);
  });

  it.each([
    ['endless folding', ` ${'x'.repeat(50)}\n`],
    ['endless soft breaks', 'a=\n'],
    ['endless parameters', `X${';A=B'.repeat(20)}\n`],
    ['endless groups', `${'a.'.repeat(40)}FN:x\n`],
    ['endless escapes', `NOTE:${'\\'.repeat(60)}\n`],
    ['dangerous names', '__proto__:x\nCONSTRUCTOR:y\n'],
  ])('of %s is read in little time and memory', async (_name, part) => {
    const text = `BEGIN:VCARD\nFN:Анна\nNOTE;ENCODING=QUOTED-PRINTABLE:b=\n${part.repeat(Math.ceil(5_000_000 / part.length))}\nEMAIL:a@b.ru\nEND:VCARD\n`;
    let found: Awaited<ReturnType<typeof people>> | undefined;
    const ms = await msOf(async () => {
      found = await people(text);
    });
    expect(found?.records[0]).toMatchObject({ name: 'Анна' });
    expect(ms).toBeLessThan(20_000);
  });
});
