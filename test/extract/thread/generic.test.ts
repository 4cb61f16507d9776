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
    const elsewhere = 'А в соседнем посёлке мачту починили за один день, и никто даже не заметил.';
    const quoting = thread.replace(said(3), `<blockquote>житель8 писал: ${elsewhere}</blockquote>${said(3)}`);
    const post = readThread(quoting, url, dates).posts[2];
    expect(post?.text).toBe(said(3));
    expect(post?.fullText).toContain(elsewhere);
  });

  it('does not say again what a post quotes of one above', () => {
    const quoting = thread.replace(said(3), `<blockquote>житель1 писал: ${said(1)}</blockquote>${said(3)}`);
    expect(readThread(quoting, url, dates).posts[2]).toMatchObject({
      text: said(3),
      fullText: said(3),
    });
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
