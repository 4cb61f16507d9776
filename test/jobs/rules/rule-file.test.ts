import { describe, expect, it } from 'vitest';
import { readRuleFile, writeRules } from '../../../src/jobs/rules/rule-file.ts';
import { InputError } from '../../../src/lib/errors.ts';
import { ruleActionsSchema } from '../../../src/model/rule.ts';

const rule = {
  key: 'vacancies',
  name: 'Вакансии: все',
  enabled: false,
  condition: '(вакансия OR "ищем в команду"~2)\nNOT intent:complaint',
  actions: ruleActionsSchema.parse({
    tags: ['работа', '#1', 'yes'],
    basket: true,
    alert: { mail: ['a@example.ru'], per_hour: 3 },
  }),
};

function mistakes(text: string): string[] {
  try {
    readRuleFile('r.yaml', text);
  } catch (error) {
    return (error as InputError).issues.map(({ at, message }) => `${at} ${message}`);
  }
  return [];
}

describe('a file of rules', () => {
  it.each([
    ['one', [rule]],
    ['several in their order', [rule, { ...rule, key: 'b', enabled: true, condition: 'x' }]],
  ])('comes back as it was written: %s', (_what, rules) => {
    const read = readRuleFile('r.yaml', writeRules(rules));
    expect(read.map(({ at: _, ...one }) => one)).toEqual(rules);
  });

  it('may be JSON', () => {
    const [read] = readRuleFile(
      'r.json',
      JSON.stringify({ key: 'a', name: 'A', condition: 'x', actions: { tone: 'unsure' } }),
    );
    expect(read).toMatchObject({ key: 'a', enabled: true, actions: { tone: 'unsure' } });
  });

  it('has every mistake named with its place', () => {
    expect(mistakes('key: A b\nname: x\ncondition: y\nactions:\n  tags: ["a,b"]\n  colour: red\n')).toEqual([
      expect.stringMatching(/^r\.yaml:1:1 key: use lower-case/),
      expect.stringMatching(/^r\.yaml:5:10 actions\.tags\.0: write 1 to 50/),
      expect.stringMatching(/^r\.yaml:4:1 actions: Unrecognized key: "colour"/),
    ]);
    expect(mistakes('- key: a\n  name: x\n  condition: y\n  actions: {}\n')).toEqual([
      'r.yaml:4:3 0.actions: choose at least one action',
    ]);
    expect(mistakes('key: a\nname: b\nactions: {tone: unsure}')).toEqual([
      'r.yaml:1:1 condition: is missing',
    ]);
    expect(mistakes('')).toHaveLength(1);
    expect(mistakes('just words')).toHaveLength(1);
    expect(mistakes('a: [')).not.toEqual([]);
  });

  it('that stands for far more than it says is refused', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (let at = 1; at < 9; at += 1)
      bomb.push(`${'abcdefghi'[at]}: &${'abcdefghi'[at]} [${`*${'abcdefghi'[at - 1]}, `.repeat(9)}]`);
    expect(mistakes(bomb.join('\n'))).not.toEqual([]);
  });

  it('is refused with InputError', () => {
    expect(() => readRuleFile('r.yaml', 'x')).toThrow(InputError);
  });
});
