import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSaid, agrees, CORRECTABLE, REASONS, sayable, TONES } from '../../src/model/correction.ts';
import type { Tag } from '../../src/model/tag.ts';
import { applyCorrections, taggersValue } from '../../src/understand/corrections.ts';
import { TAGGERS } from '../../src/understand/registry.ts';

const AT = new Date('2026-11-22T09:00:00Z');
const word = (kind: string, target: string, after: Record<string, unknown>) => ({
  kind,
  target,
  after,
  by: 'anna@pr.example',
  at: AT,
});
const tag = (kind: string, target: string, value: unknown): Tag => ({
  kind,
  target,
  version: '7',
  value,
  spans: [{ field: 'text', start: 0, end: 2 }],
});
const TONE = { label: 'positive', best: 'positive', score: 0.4, confidence: 0.6 };
const COMPLAINT = { isComplaint: true, probability: 0.7, severity: 1, reason: 'price' };

describe('people’s words over tags', () => {
  it('change the one that they are about, and say whose they are and what the tagger says', () => {
    const tags = [
      tag('sentiment', '', TONE),
      tag('sentiment', 'romashka', TONE),
      tag('complaint', '', COMPLAINT),
    ];
    const corrected = applyCorrections(tags, [word('sentiment', 'romashka', { label: 'negative' })]);
    expect(corrected).toEqual([
      tags[0],
      {
        ...tags[1],
        value: { label: 'negative', best: 'negative', score: -1, confidence: 1 },
        corrected: { by: 'anna@pr.example', at: AT.toISOString(), tagger: TONE },
      },
      tags[2],
    ]);
  });

  it('leave of a value what nobody has spoken of', () => {
    const [complaint] = applyCorrections(
      [tag('complaint', '', { ...COMPLAINT, level: 'review', extra: 7 })],
      [word('complaint', '', { isComplaint: true, reason: 'app' })],
    );
    expect(complaint!.value).toEqual({
      isComplaint: true,
      probability: 1,
      severity: 1,
      reason: 'app',
      level: 'alert',
      extra: 7,
    });
  });

  it('end where they are not given any more', () => {
    const tags = [tag('language', '', { code: 'ru', confidence: 0.9 })];
    const corrected = applyCorrections(tags, [word('language', '', { code: 'uk' })]);
    expect(corrected[0]!.value).toEqual({ code: 'uk', confidence: 1 });
    expect(applyCorrections(corrected, [])).toEqual(tags);
  });

  it('given twice are as given once, and never lose what the tagger says', () => {
    const said = fc.record({ isComplaint: fc.boolean(), reason: fc.constantFrom(...REASONS) });
    fc.assert(
      fc.property(said, fc.constantFrom(...TONES), (complaint, label) => {
        const tags = [tag('complaint', 'a', COMPLAINT), tag('sentiment', 'a', TONE)];
        const words = [word('complaint', 'a', complaint), word('sentiment', 'a', { label })];
        const once = applyCorrections(tags, words);
        expect(applyCorrections(once, words)).toEqual(once);
        expect(once.map(taggersValue)).toEqual([COMPLAINT, TONE]);
        expect(once.every((one, at) => agrees(one.value, words[at]!.after))).toBe(true);
      }),
    );
  });
});

describe('what can be said', () => {
  it.each(
    Object.entries(CORRECTABLE),
  )('of %s is of a kind that some tagger makes, and right is sayable', (kind, way) => {
    expect(TAGGERS.map((tagger) => tagger.kind)).toContain(kind);
    const values: Record<string, unknown> = {
      sentiment: TONE,
      complaint: COMPLAINT,
      language: { code: 'ru', confidence: 1 },
      kind: { kind: 'news', confidence: 0.7 },
    };
    const said = sayable(kind, values[kind]);
    expect(way.said.parse(said)).toEqual(said);
    expect(agrees(values[kind], said)).toBe(true);
  });

  it('of what is no complaint is that, and no more', () => {
    expect(sayable('complaint', { ...COMPLAINT, isComplaint: false })).toEqual({ isComplaint: false });
    expect(addSaid({ isComplaint: true, reason: 'app', severity: 2 }, { isComplaint: false })).toEqual({
      isComplaint: false,
    });
  });

  it('by naming a reason is that it is a complaint', () => {
    expect(addSaid({ isComplaint: false }, { reason: 'app' })).toEqual({ isComplaint: true, reason: 'app' });
  });

  it.each(['ru', 'und', 'tt', 'sah'])('of a language is %s', (code) => {
    expect(CORRECTABLE.language!.said.safeParse({ code }).success).toBe(true);
  });

  it.each(['', 'RU', 'russian', 'xq', 'ru-RU', '__proto__'])('of a language is not “%s”', (code) => {
    expect(CORRECTABLE.language!.said.safeParse({ code }).success).toBe(false);
  });
});
