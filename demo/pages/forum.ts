import { html, type Markup } from '../../src/lib/html.ts';
import { localTime } from '../../src/lib/zone.ts';
import { type ForumPost, type ForumThread, threadPath } from '../forum-posts.ts';
import { FORUM_TITLE, POSTS_PER_PAGE } from '../sites.ts';
import { PEOPLE } from '../texts/people.ts';

/** The pages follow the markup of phpBB's prosilver style. */
export function forumIndexPage(): string {
  return layout(
    'index',
    FORUM_TITLE,
    html`<div class="forabg"><ul class="topiclist forums"><li class="row"><dl class="row-item forum_read"><dt><div class="list-inner"><a href="./viewforum.php?f=2" class="forumtitle">Дом и магазины</a><br>Покупки, доставка, полезные советы</div></dt></dl></li></ul></div>`,
  );
}

export function forumPage(threads: readonly ForumThread[]): string {
  const byLastPost = [...threads].sort((one, two) => lastPost(two).at.getTime() - lastPost(one).at.getTime());
  return layout(
    'viewforum',
    'Дом и магазины',
    html`<h2 class="forum-title"><a href="./viewforum.php?f=2">Дом и магазины</a></h2>
<div class="action-bar bar-top"><div class="pagination">Тем: ${threads.length} • Страница <strong>1</strong> из <strong>1</strong></div></div>
<div class="forumbg"><div class="inner">
<ul class="topiclist"><li class="header"><dl class="row-item"><dt><div class="list-inner">Темы</div></dt><dd class="posts">Ответы</dd><dd class="lastpost"><span>Последнее сообщение</span></dd></dl></li></ul>
<ul class="topiclist topics">
${byLastPost.map(topicRow)}
</ul>
</div></div>`,
  );
}

function topicRow(thread: ForumThread, index: number): Markup {
  const [first] = thread.posts;
  const last = lastPost(thread);
  return html`<li class="row bg${(index % 2) + 1}"><dl class="row-item topic_read">
<dt title="Нет непрочитанных сообщений"><div class="list-inner">
<a href="${topicLink(thread)}" class="topictitle">${thread.title}</a>
${pageCount(thread) > 1 && html`<div class="pagination"><ul>${pageLinks(thread, -1)}</ul></div>`}
<div class="topic-poster responsive-hide left-box">${first && html`${profileLink(first.author)} » ${moment(first.at)}`}</div>
</div></dt>
<dd class="posts">${thread.posts.length - 1} <dfn>Ответы</dfn></dd>
<dd class="lastpost"><span><dfn>Последнее сообщение </dfn>${profileLink(last.author)} <a href="./viewtopic.php?p=${last.id}#p${last.id}" title="Перейти к последнему сообщению">${moment(last.at)}</a></span></dd>
</dl></li>
`;
}

/** One page of a thread; `start` is the number of posts before it. */
export function threadPage(thread: ForumThread, start: number): string {
  const posts = thread.posts.slice(start, start + POSTS_PER_PAGE);
  const pages = pageBar(thread, start);
  return layout(
    'viewtopic',
    thread.title,
    html`<h2 class="topic-title"><a href="${topicLink(thread)}">${thread.title}</a></h2>
<div class="action-bar bar-top">${pages}</div>
${posts.map((post, index) => postBlock(thread, post, index))}
<div class="action-bar bar-bottom">${pages}</div>`,
  );
}

function postBlock(thread: ForumThread, post: ForumPost, index: number): Markup {
  const person = PEOPLE[post.author];
  return html`<div id="p${post.id}" class="post has-profile bg${(index % 2) + 1}"><div class="inner">
<dl class="postprofile" id="profile${post.id}">
<dt class="no-profile-rank no-avatar"><div class="avatar-container"></div>${profileLink(post.author)}</dt>
<dd class="profile-rank">Участник</dd>
${person?.from !== undefined && html`<dd class="profile-custom-field profile-phpbb_location"><strong>Откуда:</strong> ${person.from}</dd>`}
</dl>
<div class="postbody"><div id="post_content${post.id}">
<h3${index === 0 ? html` class="first"` : ''}><a href="./viewtopic.php?p=${post.id}#p${post.id}">${index === 0 ? '' : 'Re: '}${thread.title}</a></h3>
<p class="author"><a class="unread" href="./viewtopic.php?p=${post.id}#p${post.id}" title="Сообщение"><span class="sr-only">Сообщение</span></a> <span class="responsive-hide">Сообщение <strong>${profileLink(post.author)}</strong> » </span>${thread.id === WORDS_ONLY ? dateWords(post.at) : moment(post.at)}</p>
<div class="content">${post.quote && html`<blockquote><div><cite>${post.quote.author} писал(а):</cite>${post.quote.text}</div></blockquote>`}${post.text}</div>
${person?.signature !== undefined && html`<div id="sig${post.id}" class="signature">${person.signature}</div>`}
</div></div>
<div class="back2top"><a href="#top" class="top" title="Вернуться к началу">Вернуться к началу</a></div>
</div></div>
<hr class="divider">
`;
}

export function profilePage(handle: string): string {
  const person = PEOPLE[handle];
  return layout(
    'memberlist',
    `Профиль: ${handle}`,
    html`<h2 class="memberlist-title">Профиль пользователя ${handle}</h2>
<dl class="details"><dt>Имя пользователя:</dt><dd><span>${handle}</span></dd>${person?.from !== undefined && html`<dt>Откуда:</dt><dd>${person.from}</dd>`}</dl>`,
  );
}

/** In this thread dates stand as Russian words only, as older styles of the engine show them. */
const WORDS_ONLY = 14;

function moment(at: Date): Markup {
  return html`<time datetime="${at.toISOString().replace('.000Z', '+00:00')}">${dateWords(at)}</time>`;
}

const MONTHS = ['янв', 'фев', 'мар', 'апр', 'май', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'];

/** `22 ноя 2026, 14:02`, on the forum's own clock: Moscow, as is usual on boards in Russian. */
function dateWords(at: Date): string {
  const local = localTime(at, 'Europe/Moscow');
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(local.day)} ${MONTHS[local.month - 1]} ${local.year}, ${pad(local.hour)}:${pad(local.minute)}`;
}

function lastPost(thread: ForumThread): ForumPost {
  const last = thread.posts.at(-1);
  if (!last) throw new RangeError(`thread ${thread.id} has no posts`);
  return last;
}

function pageCount(thread: ForumThread): number {
  return Math.ceil(thread.posts.length / POSTS_PER_PAGE);
}

function topicLink(thread: ForumThread, start = 0): string {
  return threadPath(thread, start).replace('/forum/', './');
}

function pageBar(thread: ForumThread, start: number): Markup {
  const current = Math.floor(start / POSTS_PER_PAGE);
  const next = start + POSTS_PER_PAGE;
  return html`<div class="pagination">Сообщений: ${thread.posts.length}${
    pageCount(thread) > 1
      ? html` <ul>${pageLinks(thread, current)}${next < thread.posts.length && html`<li class="arrow next"><a class="button button-icon-only" href="${topicLink(thread, next)}" rel="next" role="button">След.</a></li>`}</ul>`
      : html` • Страница <strong>1</strong> из <strong>1</strong>`
  }</div>`;
}

function pageLinks(thread: ForumThread, current: number): Markup[] {
  return Array.from({ length: pageCount(thread) }, (_, page) =>
    page === current
      ? html`<li class="active"><span>${page + 1}</span></li>`
      : html`<li><a class="button" href="${topicLink(thread, page * POSTS_PER_PAGE)}" role="button">${page + 1}</a></li>`,
  );
}

function profileLink(handle: string): Markup {
  return html`<a href="./memberlist.php?mode=viewprofile&amp;u=${PEOPLE[handle]?.id ?? 0}" class="username">${handle}</a>`;
}

function layout(section: string, title: string, content: Markup): string {
  return html`<!DOCTYPE html>
<html dir="ltr" lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${FORUM_TITLE} - ${title}</title>
<style>body{font:15px/1.5 Verdana,'DejaVu Sans',sans-serif;color:#333;max-width:60rem;margin:1rem auto;padding:0 1rem}a{color:#105289;text-decoration:none}h1{font-size:1.5em}h2{font-size:1.25em}h3{font-size:1em;margin:0 0 4px}.post,.row{background:#ecf1f6;padding:12px;margin:8px 0;border-radius:4px}.bg1{background:#f6f8fa}.post::after{content:'';display:block;clear:both}.postprofile{float:right;width:11rem;margin:0 0 0 16px;padding-left:12px;border-left:1px solid #fff;font-size:.85em}dd{margin:0}.author,.signature,.back2top,.topic-poster,.posts,.lastpost{font-size:.85em;color:#666}p.author{margin:0 0 10px}.sr-only,.back2top,hr,.no-avatar .avatar-container{display:none}.signature{border-top:1px solid #ccc;margin-top:1em;padding-top:4px}blockquote{background:#fff;border-left:3px solid #9ab;margin:0 0 8px;padding:8px 12px}cite{display:block;font-size:.85em}ul{list-style:none;padding:0}.pagination ul{display:inline}.pagination li{display:inline;margin-left:8px}</style>
</head>
<body id="phpbb" class="nojs notouch section-${section} ltr">
<div id="wrap" class="wrap">
<a id="top" class="top-anchor" accesskey="t"></a>
<div id="page-header"><h1><a class="logo" href="./index.php">${FORUM_TITLE}</a></h1>
<ul id="nav-breadcrumbs" class="nav-breadcrumbs linklist navbar" role="menubar"><li class="breadcrumbs"><span class="crumb"><a href="./index.php">Список форумов</a></span> <span class="crumb"><a href="./viewforum.php?f=2">Дом и магазины</a></span></li></ul></div>
<div id="page-body" class="page-body" role="main">
${content}
</div>
<div id="page-footer" class="page-footer" role="contentinfo"><div class="copyright">Создано на основе <a href="https://www.phpbb.com/">phpBB</a>® Forum Software © phpBB Limited</div> Часовой пояс: <span title="Москва">UTC+03:00</span></div>
</div>
</body>
</html>
`.value;
}
