import { describe, expect, it } from 'vitest';
import { readBoard } from '../../../src/extract/thread/board.ts';
import { readThread } from '../../../src/extract/thread/thread.ts';

const dates = { now: new Date('2026-03-01T12:00:00Z'), zone: 180 };
const url = 'https://talk.example/discuss/42';

const said = (at: number) =>
  `Слова номер ${at} о том, как пропала связь во всём районе, и никто не отвечает на звонки.`;
const reply = (
  at: number,
) => `<div class="reply" id="r-${100 + at}"><div class="who"><a href="/user/${at}">житель${at}</a>
  <span>0${at} фев 2026, 1${at}:30</span></div><div class="said">${said(at)}</div><div class="foot"><a href="#">Ответить</a> <a href="#">Пожаловаться</a></div></div>`;
const thread = `<html><head><title>Связь — Разговоры</title></head><body><nav><a href="/">Разговоры</a></nav><h1>Связь</h1>
  <div class="list">${[1, 2, 3, 4].map(reply).join('')}</div><footer>2026</footer></body></html>`;

describe('a thread of an engine never seen', () => {
  it('is read from blocks that are alike', () => {
    const { posts, title, engine } = readThread(thread, url, dates);
    expect({ title, engine }).toEqual({ title: 'Связь', engine: 'generic' });
    expect(posts).toHaveLength(4);
    expect(posts[1]).toMatchObject({
      id: '102',
      permalink: `${url}#r-102`,
      author: { name: 'житель2', profileUrl: 'https://talk.example/user/2' },
      publishedAt: new Date('2026-02-02T09:30:00Z'),
      text: said(2),
    });
  });

  it('leaves out an advertisement that stands in a block like theirs', () => {
    const block = '<div class="reply"><div class="said">Реклама</div></div>';
    const { posts } = readThread(thread.replace(reply(3), block + reply(3)), url, dates);
    expect(posts.map(({ text }) => text)).toEqual([1, 2, 3, 4].map(said));
  });

  it('keeps quotations apart from own words', () => {
    const quoting = thread.replace(said(3), `<blockquote>житель1 писал: ${said(1)}</blockquote>${said(3)}`);
    const post = readThread(quoting, url, dates).posts[2];
    expect(post?.text).toBe(said(3));
    expect(post?.fullText).toContain(said(1));
  });

  it('takes in the opening post that looks unlike its answers', () => {
    const opening = `<section class="question"><h2><a href="/user/9">спросивший</a> 01 янв 2026, 10:00</h2><p>${said(9)}</p></section>`;
    const { posts } = readThread(
      thread.replace('<div class="list">', `${opening}<div class="list">`),
      url,
      dates,
    );
    expect(posts).toHaveLength(5);
    expect(posts[0]?.text).toContain(said(9));
  });

  it('takes in an opening post of many links, and no list of news beside the thread', () => {
    const links = Array.from(
      { length: 60 },
      (_, at) => `<a href="/log/${at}">Исправлена ошибка ${at}</a><br>`,
    );
    const by = '<h2><a href="/user/9">спросивший</a> 01 янв 2026, 10:00</h2>';
    const words = [5, 6, 7, 8, 9, 10].map((at) => `<p>${said(at)}</p>`).join('');
    const below = (kind: string, body: string) =>
      thread.replace('<div class="list">', `<div class="${kind}">${by}${body}</div><div class="list">`);
    const opened = readThread(below('release', words + links.join('')), url, dates).posts;
    expect(opened.map(({ author }) => author?.name)).toContain('спросивший');
    expect(opened[0]?.text).toContain(said(10));
    expect(readThread(below('side', words), url, dates).posts).toHaveLength(4);
  });

  it('is read where classes tell only how things look', () => {
    const at = (day: number) => `${10 + day}.02.2026 10:30`;
    const block = (day: number) =>
      `<div id="5${10 + day}" class="relative px-4 border rounded-xl bg-white"><div class="mt-1 relative"><div class="font-bold pr-8">житель${day} &middot; <span class="lg:text-sm">${at(day)}</span></div></div>
      <div class="mt-2 post-text">${said(day)}</div></div>`;
    const days = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    const aside = `<div class="mt-2">${[21, 22, 23, 24, 25, 26].map(said).join('<br>')}</div>`;
    const { posts } = readThread(
      `<body><div class="relative flex"><div class="relative mx-auto">${days.map(block).join('')}${aside}</div></div></body>`,
      url,
      dates,
    );
    expect(posts.map(({ author, text }) => [author?.name, text])).toEqual(
      days.map((day) => [`житель${day}`, said(day)]),
    );
  });

  it('is read where everything is a box', () => {
    const boxes = (day: number) =>
      `<div class="answer"><div class="box"><div class="box"><a class="box" href="/profile/${day}">житель${day}</a> <span class="box">0${day} фев 2026, 10:30</span></div></div>
      <div class="box"></div><div class="box"><div class="box"><p class="box">${said(day)}</p><p class="box">Ответ ${day}-й смены.</p></div></div></div>`;
    const { posts } = readThread(`<body><main>${[1, 2, 3].map(boxes).join('')}</main></body>`, url, dates);
    expect(posts.map(({ text }) => text)).toEqual(
      [1, 2, 3].map((day) => `${said(day)}\nОтвет ${day}-й смены.`),
    );
  });

  it('is read where most answers are folded away to a line', () => {
    const open = (at: number) =>
      `<li class="comment" id="c${at}"><a href="/user/${at}">житель${at}</a> <span>0${1 + (at % 8)} фев 2026, 10:30</span><div class="said">${said(at)}</div></li>`;
    const folded = (at: number) =>
      `<li class="comment" id="c${at}"><a href="/user/${at}">житель${at}</a><div class="said">${said(at)}</div></li>`;
    const comments = Array.from({ length: 40 }, (_, at) => (at % 3 === 0 ? open(at) : folded(at)));
    const part = (body: string) =>
      `<div class="main-content"><div class="head"><a href="/user/7">ведущий</a> <span>01 фев 2026, 10:00</span></div>${body}</div>`;
    const page = `<body>${part(`<ul>${comments.join('')}</ul>`)}${part(`<p>${said(50)}</p>`)}</body>`;
    const texts = readThread(page, url, dates).posts.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining([said(3), said(4), said(39)]));
  });

  it('is read from what the page says for machines', () => {
    const answer = (at: number) =>
      `<div itemprop="answer" itemscope itemtype="https://schema.org/Answer" id="answer-${at}"><div itemprop="text">${said(at)}</div><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">житель${at}</span></span><time itemprop="dateCreated" datetime="2026-02-0${at}T10:00:00Z"></time></div>`;
    const { posts } = readThread(`<html><body><h1>Q</h1>${answer(1)}${answer(2)}</body></html>`, url, dates);
    expect(posts.map(({ id, author }) => [id, author?.name])).toEqual([
      ['1', 'житель1'],
      ['2', 'житель2'],
    ]);
  });

  it('has no posts when the page is a list of links', () => {
    const list = `<ul>${[1, 2, 3].map((at) => `<li><a href="/a/${at}">Новость ${at}</a></li>`).join('')}</ul>`;
    expect(readThread(list, url, dates).posts).toEqual([]);
  });
});

describe('a board of an engine never seen', () => {
  it('is read from rows that name something and tell a date', () => {
    const row = (at: number) =>
      `<li class="row"><a class="name" href="/discuss/${at}">Разговор о связи ${at}</a> <span class="replies">${at}</span> <time datetime="2026-02-0${at}T10:00:00Z">x</time></li>`;
    const { threads } = readBoard(
      `<ul>${[1, 2, 3, 4].map(row).join('')}</ul>`,
      'https://talk.example/',
      dates,
    );
    expect(threads).toHaveLength(4);
    expect(threads[2]).toMatchObject({
      url: 'https://talk.example/discuss/3',
      title: 'Разговор о связи 3',
      replies: 3,
      lastPostAt: new Date('2026-02-03T10:00:00Z'),
    });
  });
});
