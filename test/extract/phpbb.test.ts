import { describe, expect, test } from 'vitest';
import { readThreadPage } from '../../src/extract/phpbb.ts';
import { readBoard } from '../../src/extract/phpbb-board.ts';

const context = { now: new Date('2026-11-22T14:00:00Z'), zone: 0 };
const url = 'https://forum.example/viewtopic.php?t=7&sid=abc';
const post = (
  content: string,
  line = '<p class="author">by <strong><a href="./memberlist.php?mode=viewprofile&amp;u=3">Old Hand</a></strong> &raquo; Fri Nov 20, 2026 3:30 pm </p>',
) =>
  `<h2><a href="./viewtopic.php?f=1&amp;t=7">Title</a></h2><div id="p55" class="post bg1">${line}${content}</div>`;

describe('thread pages', () => {
  test('of old themes name the author by place and the date behind the last »', () => {
    expect(readThreadPage(post('<div class="content">Hi</div>'), url, context)).toEqual({
      externalId: '7',
      title: 'Title',
      url: 'https://forum.example/viewtopic.php?t=7',
      posts: [
        {
          externalId: '55',
          permalink: 'https://forum.example/viewtopic.php?p=55#p55',
          author: {
            handle: 'Old Hand',
            profileUrl: 'https://forum.example/memberlist.php?mode=viewprofile&u=3',
          },
          publishedAt: new Date('2026-11-20T15:30:00Z'),
          text: 'Hi',
          fullText: 'Hi',
          links: [],
        },
      ],
    });
  });

  test("quotations within quotations are not the author's own words", () => {
    const quoted =
      '<blockquote><div><cite>A wrote:</cite><blockquote class="uncited"><div>deep</div></blockquote>outer</div></blockquote>mine';
    const [found] = readThreadPage(post(`<div class="content">${quoted}</div>`), url, context).posts;
    expect(found).toMatchObject({ text: 'mine', fullText: 'deep\nouter\nmine' });
  });

  test('deleted posts are left out', () => {
    expect(readThreadPage(post('<div class="ignore">deleted</div>'), url, context).posts).toEqual([]);
  });

  test('nested like no page is are refused', () => {
    expect(() => readThreadPage('<div>'.repeat(5000), url, context)).toThrow(
      expect.objectContaining({ code: 'broken-page' }),
    );
  });
});

describe('board pages', () => {
  const row = (last: string) =>
    `<ul><li class="row"><a class="topictitle" href="./viewtopic.php?f=1&amp;t=7&amp;sid=x">T</a><dd class="posts">1,234 <dfn>Replies</dfn></dd><dd class="lastpost">${last}</dd></li></ul>`;

  test('tell the last post by number and time', () => {
    const last =
      '<span>by <a class="username">x</a> <a href="./viewtopic.php?p=99#p99">go</a><br><time datetime="2026-11-20T10:00:00+00:00">Fri</time></span>';
    expect(readBoard(row(last), 'https://forum.example/viewforum.php?f=1', context).threads).toEqual([
      {
        externalId: '7',
        title: 'T',
        url: 'https://forum.example/viewtopic.php?t=7',
        replies: 1234,
        lastPostId: '99',
        lastPostAt: new Date('2026-11-20T10:00:00Z'),
      },
    ]);
  });

  test('without arrows are turned by number', () => {
    const pager =
      '<div class="pagination"><strong>1</strong> <a href="./viewforum.php?f=1&amp;start=25">2</a></div>';
    expect(readBoard(row('') + pager, 'https://forum.example/viewforum.php?f=1', context).nextPage).toBe(
      'https://forum.example/viewforum.php?f=1&start=25',
    );
  });
});
