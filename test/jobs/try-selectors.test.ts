import { afterAll, describe, expect, it } from 'vitest';
import { createReadPool } from '../../src/jobs/read-pool.ts';
import { createSelectorDesk } from '../../src/jobs/try-selectors.ts';
import { InputError } from '../../src/lib/errors.ts';
import type { SelectorDraft, SelectorLook, SelectorQuestion } from '../../src/model/selectors.ts';
import { discoveryOn, type Sites } from './local-sites.ts';

const REVIEWS = [1, 2, 3]
  .map(
    (at) =>
      `<div class="otzyv"><b class="avtor">Anna ${at}</b> <time datetime="2026-11-2${at}T10:00:00Z">2${at}.11.2026</time>
       <h3><a href="/r/${at}">Kettle ${at}</a></h3><p class="slova">It leaks after ${at} weeks, and nobody answers the phone.</p></div>`,
  )
  .join('');
const SITES: Sites = {
  'https://kettle.example/': `<title>Kettles &amp; pots</title><body>${REVIEWS}</body>`,
  'https://kettle.example/r/1': '<article>It leaks.</article>',
  'http://old.example/': `<body>${REVIEWS}</body>`,
  'https://old.example/': { error: 'connect' },
  'https://inside.example/': { error: 'refused-address' },
  'https://deep.example/': '<b>'.repeat(300_000),
  'https://wide.example/': `<body><main>${'<div><i><b>x<u></u></b></i></div>'.repeat(6000)}</main></body>`,
};
const pool = createReadPool({ maxWorkers: 1, deadlineMs: 1500 });
afterAll(() => pool.close());

function openDesk() {
  const { fetchFor, clock, asked } = discoveryOn(SITES);
  const desk = createSelectorDesk({ clock, fetchFor, read: pool.read });
  const look = (question: Omit<SelectorQuestion, 'owner'>): Promise<SelectorLook> =>
    desk({ owner: '1', ...question }, AbortSignal.timeout(60_000));
  return { asked, look };
}

const draft = (change: Partial<SelectorDraft> = {}): SelectorDraft => ({
  list: { item: '.otzyv' },
  fields: { text: '.slova' },
  on: 'list',
  zone: 180,
  ...change,
});

describe('looking at a page with selectors', () => {
  it('asks the site once while the selectors are being written', async () => {
    const { asked, look } = openDesk();
    for (const text of ['.s', '.slo', '.slova'])
      await look({ address: 'kettle.example', draft: draft({ fields: { text } }) });
    const seen = await look({ address: 'https://kettle.example/', draft: draft() });
    expect(seen).toMatchObject({
      address: 'https://kettle.example/',
      title: 'Kettles & pots',
      preview: { found: 3, collected: 3 },
    });
    expect(asked).toEqual(['https://kettle.example/']);
  });

  it('begins with what the page suggests, when that is wished', async () => {
    const { look } = openDesk();
    const seen = await look({
      address: 'kettle.example',
      draft: draft({ list: {}, fields: {} }),
      suggest: true,
    });
    expect(seen).toMatchObject({
      isSuggested: true,
      draft: { list: { item: '.otzyv' } },
      preview: { collected: 3 },
    });
  });

  it('reads what stands behind the first link', async () => {
    const { asked, look } = openDesk();
    const behind = draft({ on: 'page', list: { item: '.otzyv', link: 'h3 a' }, fields: { text: 'article' } });
    expect(await look({ address: 'kettle.example', draft: behind })).toMatchObject({
      sample: 'https://kettle.example/r/1',
      preview: { found: 3, collected: 1, items: [{ text: 'It leaks.' }] },
    });
    const broken = draft({ on: 'page', list: { link: '.otzyv:last-child a' }, fields: { text: 'article' } });
    expect(await look({ address: 'kettle.example', draft: broken })).toMatchObject({
      trouble: { code: 'http-404' },
    });
    expect(asked).toHaveLength(3);
  });

  it('tries http where an address without a scheme is not found by https', async () => {
    const { look } = openDesk();
    expect(await look({ address: 'old.example', draft: draft() })).toMatchObject({
      address: 'http://old.example/',
      preview: { collected: 3 },
    });
  });
});

describe('what cannot be looked at is told by its code', () => {
  it.each([
    ['https://nothing.example/', 'http-404'],
    ['https://inside.example/', 'refused-address'],
    ['https://deep.example/', 'broken-page'],
  ])('%s: %s', async (address, code) => {
    const { look } = openDesk();
    expect(await look({ address, draft: draft() })).toMatchObject({ trouble: { code } });
  });

  it('a CSS selector without end ends at the deadline', async () => {
    const { look } = openDesk();
    const author = 'div:has(~ div:has(~ div:has(~ div .x)))';
    const started = Date.now();
    const seen = await look({
      address: 'https://wide.example/',
      draft: draft({ list: { item: 'main' }, fields: { text: 'b', author } }),
    });
    expect(seen).toMatchObject({ trouble: { code: 'too-slow-to-read' } });
    expect(Date.now() - started).toBeLessThan(10_000);
    // The next look is as good as ever.
    expect(await look({ address: 'kettle.example', draft: draft() })).toMatchObject({
      preview: { collected: 3 },
    });
  });

  it('an XPath without end is named', async () => {
    const { look } = openDesk();
    const seen = await look({
      address: 'https://wide.example/',
      draft: draft({ list: { item: 'main' }, fields: { text: 'b', author: './/*[//*[not(//x)]]' } }),
    });
    const place = 'preview' in seen ? seen.preview.places.find(({ place }) => place === 'author') : undefined;
    expect(place?.problem ?? ('trouble' in seen && seen.trouble?.code)).toMatch(
      /^(?:slow|too-slow-to-read)$/,
    );
  });

  it('no address is a mistake of the person', async () => {
    const { look } = openDesk();
    await expect(look({ address: 'no address', draft: draft() })).rejects.toThrow(InputError);
    await expect(look({ address: 'file:///etc/passwd', draft: draft() })).rejects.toThrow(InputError);
  });
});
