import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { tagLines } from '../../src/app/tag-command.ts';

async function tag(...lines: string[]): Promise<{ code: number; said: Record<string, unknown>[] }> {
  const output = new PassThrough();
  const read = readAll(output);
  const code = await tagLines(Readable.from([`${lines.join('\n')}\n`]), output);
  output.end();
  const said = (await read).trim().split('\n').filter(Boolean);
  return { code, said: said.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

const POST = {
  id: 'a',
  text: 'В отличие от Лютика, Ромашка опять подвела: курьер не приехал',
  targets: [{ name: 'Лютик' }, { name: 'Ромашка' }],
};

describe('molva tag --jsonl', () => {
  it('says of a post its language, tone, tone towards each target, whether it complains, and its kind', async () => {
    const { code, said } = await tag(JSON.stringify(POST));
    expect(code).toBe(0);
    expect(said).toMatchObject([
      {
        id: 'a',
        lang: 'ru',
        sentiment: { label: expect.stringMatching(/^(negative|neutral|positive)$/) },
        targets: [{ name: 'Лютик' }, { name: 'Ромашка', label: 'negative' }],
        complaint: { label: true, severity: expect.any(Number), reason: 'delivery' },
        kind: expect.any(String),
      },
    ]);
  });

  it('gives the likeliest of the three tones where it is unsure, and says so', async () => {
    const lines = ['ну такое', 'ага', 'вот это да', 'сами всё знаете'].map((one, id) =>
      JSON.stringify({ id, text: one }),
    );
    const { said } = await tag(...lines);
    for (const { sentiment } of said as {
      sentiment: { label: string; confidence: number; unsure?: true };
    }[]) {
      expect(['negative', 'neutral', 'positive']).toContain(sentiment.label);
      expect(sentiment.unsure === true).toBe(sentiment.confidence < 0.5);
    }
  });

  it('names the line that is wrong, and reads the others', async () => {
    const { code, said } = await tag('{', '', '{"id": 1}', JSON.stringify({ id: 2, text: 'ok' }));
    expect(code).toBe(3);
    expect(said).toMatchObject([
      { line: 1, error: expect.any(String) },
      { line: 3, error: expect.stringContaining('text') },
      { id: 2 },
    ]);
  });

  it('reads lines that come in pieces, in any number, and the last one without an end', async () => {
    const lines = Array.from({ length: 50 }, (_, id) => JSON.stringify({ id, text: `пост номер ${id}` }));
    const bytes = Buffer.from(lines.join('\r\n'));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) =>
      bytes.subarray(7 * at, 7 * at + 7),
    );
    const output = new PassThrough();
    const read = readAll(output);
    expect(await tagLines(Readable.from(pieces), output)).toBe(0);
    output.end();
    const ids = (await read)
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: number }).id);
    expect(ids).toEqual(Array.from(lines.keys()));
  });

  it('answers a line before the next one is sent', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    const ended = tagLines(input, output);
    for (const id of [1, 2]) {
      const answer = once(output, 'data');
      input.write(`${JSON.stringify({ id, text: 'спасибо' })}\n`);
      expect(JSON.parse(String((await answer)[0]))).toMatchObject({ id });
    }
    input.end();
    expect(await ended).toBe(0);
  });

  it('takes places that lie outside the text for none', async () => {
    const targets = [
      { name: 'x', start: 90, end: 95 },
      { name: 'y', start: 1, end: 1 },
    ];
    const { code, said } = await tag(JSON.stringify({ id: 1, text: 'short', targets }));
    expect(code).toBe(0);
    expect(said).toMatchObject([{ targets: [{ name: 'x' }, { name: 'y' }] }]);
  });
});
