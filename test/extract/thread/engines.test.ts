import { describe, expect, it } from 'vitest';
import { readBoard } from '../../../src/extract/thread/board.ts';
import { detectEngine } from '../../../src/extract/thread/detect.ts';
import { engines } from '../../../src/extract/thread/engines/registry.ts';
import { readThread } from '../../../src/extract/thread/thread.ts';
import { ENGINE_PAGES } from './pages.ts';

const dates = { now: new Date('2026-03-01T12:00:00Z'), zone: 180 };

describe.each(ENGINE_PAGES)('a thread of $kind', ({ kind, url, html, id, next }) => {
  const thread = readThread(html, url, dates);
  const [first, second] = thread.posts;

  it('is recognised', () => {
    expect(detectEngine(html, url)).toMatchObject({ kind });
    expect(thread).toMatchObject({ engine: kind, title: 'Тариф', id: '9' });
  });

  it('gives each post with its author, date and own words', () => {
    expect(first).toMatchObject({ text: 'Связь пропала', author: { name: 'анна' } });
    expect(first?.publishedAt).toEqual(new Date('2026-02-01T09:00:00Z'));
    expect(second).toMatchObject({ id, text: 'У меня тоже', author: { name: 'bob' } });
    expect(second?.publishedAt).toEqual(new Date('2026-02-02T09:30:00Z'));
    expect(second?.fullText).toContain('Связь пропала');
    expect(second?.confidence?.author).toBeGreaterThan(0.5);
  });

  it('says whom a post quotes', () => {
    expect(second?.quoteOf?.author).toBe('анна');
  });

  it('gives addresses without session ids', () => {
    expect(JSON.stringify(thread)).not.toMatch(/sid=|PHPSESSID/);
    expect(second?.permalink).toContain(id);
    expect(thread.nextPage).toBe(next);
  });

  it('marks what was taken away', () => {
    for (const post of thread.posts.slice(2)) expect(post).toMatchObject({ deleted: true, text: '' });
  });
});

/** The forms of addresses by which engines' boards are told, in one plain table. */
const BOARDS: [kind: string, thread: string, board: string, post: string][] = [
  ['phpbb', 'viewtopic.php?t=7', 'viewforum.php?f=3', 'viewtopic.php?p=70#p70'],
  ['vbulletin3', 'showthread.php?t=7', 'forumdisplay.php?f=3', 'showthread.php?p=70#post70'],
  ['vbulletin4', 'threads/7-tema', 'forums/3-razdel', 'threads/7-tema?p=70#post70'],
  ['xenforo', 'threads/tema.7/', 'forums/razdel.3/', 'threads/tema.7/post-70'],
  ['smf', 'index.php?topic=7.0', 'index.php?board=3.0', 'index.php?topic=7.msg70#msg70'],
  ['invision', 'index.php?showtopic=7', 'index.php?showforum=3', 'index.php?showtopic=7&view=findpost&p=70'],
  ['mybb', 'thread-7.html', 'forum-3.html', 'thread-7-post-70.html#pid70'],
  ['punbb', 'viewtopic.php?id=7', 'viewforum.php?id=3', 'viewtopic.php?pid=70#p70'],
  ['discourse', 't/tema/7', 'c/razdel/3', 't/tema/7/70'],
];

describe.each(BOARDS)('a board of %s', (kind, thread, board, post) => {
  const url = 'https://f.example/';

  it('lists threads with replies, last post and pages', () => {
    const html = `<table><tr class="row"><td><a href="/${thread}">Тема о связи</a></td><td class="replies">12</td>
      <td class="lastpost"><a href="/${post}">Вчера, 15:30</a> от bob</td></tr></table>`;
    const found = readBoard(html, url, dates);
    expect(found.engine).toBe(kind);
    expect(found.threads).toEqual([
      {
        id: '7',
        url: `https://f.example/${thread}`,
        title: 'Тема о связи',
        replies: 12,
        lastPostAt: new Date('2026-02-28T12:30:00Z'),
        lastPostId: '70',
      },
    ]);
  });

  it('lists boards on the front page, and takes their last threads for none of its own', () => {
    const html = `<table><tr><td><a href="/${board}">Раздел</a></td><td>5</td><td><a href="/${thread}">Тема о связи</a></td></tr></table>`;
    expect(readBoard(html, url, dates)).toMatchObject({
      threads: [],
      boards: [{ url: `https://f.example/${board}`, title: 'Раздел' }],
    });
  });
});

describe('the registry', () => {
  it('has each engine once', () => {
    const kinds = engines.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});
