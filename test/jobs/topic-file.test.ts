import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTopicFile, type TopicFile, writeTopicFile } from '../../src/jobs/topic-file.ts';

const TOPIC: TopicFile = {
  key: 'romashka',
  name: 'Ромашка',
  enabled: true,
  contextCheck: false,
  about: '',
  query: 'ромашка AND (возврат OR\n  "вернуть деньги")\nNOT лепесток',
  examples: [
    {
      mustMatch: true,
      url: 'https://forum.example/1',
      title: null,
      author: 'anna',
      text: 'Ромашка: не везёт\n\nзаказ',
      note: 'from the forum',
    },
    { mustMatch: false, url: null, title: 'Букеты', author: null, text: 'ромашка, # 1 лепесток', note: '' },
  ],
};

function readBack(text: string) {
  const read = readTopicFile('f.yaml', text);
  if ('issues' in read) throw new Error(JSON.stringify(read.issues));
  const { at, atQuery, ...topic } = read.topic;
  return { topic, at, atQuery };
}
const mistakes = (text: string): string[] => {
  const read = readTopicFile('f.yaml', text);
  return 'issues' in read ? read.issues.map(({ at, message }) => `${at} ${message}`) : [];
};

describe('a topic as a file', () => {
  it('holds the query and texts line by line, so that differences are small', () => {
    expect(writeTopicFile(TOPIC)).toBe(`key: romashka
name: Ромашка
enabled: true
query: |-
  ромашка AND (возврат OR
    "вернуть деньги")
  NOT лепесток
must_match:
  - text: |-
      Ромашка: не везёт

      заказ
    author: anna
    address: https://forum.example/1
    note: from the forum
must_not_match:
  - text: |-
      ромашка, # 1 лепесток
    title: Букеты
`);
  });

  it('comes back as it was, whatever its texts are', () => {
    const odd = fc.string({
      unit: fc.constantFrom(...'a б\n\t #:-|>"\'\\%@`{}[]&*!?,~\u0001\u0085\u2028\ufeff😀ё'),
    });
    const text = fc
      .oneof(odd, fc.string({ unit: 'grapheme' }))
      .filter((one) => one !== '' && !one.includes('\0'));
    const example = fc.record({
      mustMatch: fc.constant(true),
      url: fc.option(odd),
      title: fc.option(odd),
      author: fc.option(odd),
      text,
      note: odd,
    });
    const lines = (one: string) => one.replace(/\r\n?/g, '\n');
    fc.assert(
      fc.property(
        text,
        odd,
        fc.uniqueArray(example, {
          maxLength: 3,
          selector: (e) => JSON.stringify([e.url, e.title, e.author, e.text]),
        }),
        (query, name, examples) => {
          fc.pre(query.trim() !== '' && name.trim() !== '' && !JSON.stringify(examples).includes('\\r'));
          const topic = {
            key: 'k',
            name: name.trim(),
            enabled: false,
            contextCheck: true,
            about: name.trim(),
            query: lines(query.trim()),
            examples,
          };
          expect(readBack(writeTopicFile(topic)).topic).toEqual(topic);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('knows where its parts and places in its query stand', () => {
    const { at, atQuery } = readBack(writeTopicFile(TOPIC));
    expect([at('key'), at(0), at(1)]).toEqual(['f.yaml:1:1', 'f.yaml:9:5', 'f.yaml:17:5']);
    expect([atQuery(1, 1), atQuery(2, 3), atQuery(3, 5)]).toEqual(['f.yaml:5:3', 'f.yaml:6:5', 'f.yaml:7:7']);
    expect(readBack('key: k\nname: K\nquery:   ромашка OR x\n').atQuery(1, 9)).toBe('f.yaml:3:18');
    expect(readBack('key: k\nname: K\nquery: >-\n  a\n  b\n').atQuery(1, 3)).toBe('f.yaml:3:1');
  });

  it('names the context check and what the brand is only where there is something to say', () => {
    const text = writeTopicFile({ ...TOPIC, contextCheck: true, about: 'доставка цветов: #1' });
    expect(text).toContain('enabled: true\nabout: "доставка цветов: #1"\ncontext_check: true\nquery: |-');
    expect(readBack(text).topic).toMatchObject({ contextCheck: true, about: 'доставка цветов: #1' });
    expect(mistakes('{ key: k, name: K, query: q, context_check: 1 }')[0]).toContain('context_check');
  });

  it('may be as short as a key, a name and a query', () => {
    expect(readBack('{ key: k, name: K, query: q }').topic).toEqual({
      key: 'k',
      name: 'K',
      enabled: true,
      contextCheck: false,
      about: '',
      query: 'q',
      examples: [],
    });
  });
});

describe('a file with mistakes', () => {
  const REST = 'name: K\nquery: q\n';
  it.each<[string, string, string[]]>([
    ['is empty', '', ['f.yaml:1:1 a mapping is expected: key, name, query, must_match, must_not_match']],
    ['is a list', '- a', ['f.yaml:1:1 a mapping is expected: key, name, query, must_match, must_not_match']],
    ['lacks settings', 'key: k\n', ['f.yaml:1:1 name: is missing', 'f.yaml:1:1 query: is missing']],
    [
      'has unknown settings',
      `key: k\nfoo: 1\n${REST}bar: 2\n`,
      ['f.yaml:2:1 foo: there is no such setting', 'f.yaml:5:1 bar: there is no such setting'],
    ],
    [
      'has a wrong key',
      `key: ../../etc/passwd\n${REST}`,
      ['f.yaml:1:1 key: use lower-case Latin letters, digits, - and _'],
    ],
    [
      'has a number for a name',
      'key: k\nname: 5\nquery: q',
      ['f.yaml:2:1 name: Invalid input: expected string, received number'],
    ],
    ['has a setting twice', `key: k\n${REST}key: l\n`, ['f.yaml:4:1 "key" stands here twice']],
    [
      'refers to another part of itself',
      'key: &a k\nname: *a\nquery: *a',
      [
        'f.yaml:2:7 references (*) are not read here; write it out',
        'f.yaml:3:8 references (*) are not read here; write it out',
      ],
    ],
    [
      'has an example twice',
      `key: k\n${REST}must_match:\n  - text: a\nmust_not_match:\n  - text: a\n`,
      ['f.yaml:7:5 must_not_match.0: the same example stands here twice'],
    ],
    [
      'has an example without text',
      `key: k\n${REST}must_match:\n  - title: a\n`,
      ['f.yaml:5:5 must_match.0.text: is missing'],
    ],
    [
      'has a tag of a program',
      'key: !!js/function k\n',
      ['f.yaml:1:6 Unresolved tag: tag:yaml.org,2002:js/function'],
    ],
    [
      'is two documents',
      `key: k\n${REST}---\nkey: l\n`,
      ['f.yaml:4:1 Source contains multiple documents; please use YAML.parseAllDocuments()'],
    ],
  ])('that %s is told where', (_what, text, expected) => {
    expect(mistakes(text)).toEqual(expected);
  });

  const nested = Array.from({ length: 9 }, (_, at) => `a${at}: &a${at} [${`*a${at - 1},`.repeat(9)}]`).join(
    '\n',
  );
  it.each<[string, string]>([
    ['a thousand million laughs', `a: &a-1 [lol]\n${nested}`],
    ['brackets nested thirty thousand deep', '['.repeat(30_000)],
    ['mappings nested deep', '{a: '.repeat(20_000)],
    ['a hundred thousand settings', Array.from({ length: 100_000 }, (_, at) => `k${at}: 1`).join('\n')],
    ['fifty thousand anchors', Array.from({ length: 50_000 }, (_, at) => `- &a${at} x`).join('\n')],
    ['a key that is a mapping', '? { a: b }\n: c'],
    ['a prototype', '__proto__: { key: k }\nconstructor: x'],
    ['bytes that are no text', '\u0000\u0001\uFFFF'],
    ['a million tabs', `\t`.repeat(1_000_000)],
  ])('%s is refused soon', (_what, text) => {
    const started = performance.now();
    expect(mistakes(text).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
