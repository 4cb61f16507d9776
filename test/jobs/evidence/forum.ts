import type { IncomingMessage, ServerResponse } from 'node:http';
import { createFetchFor } from '../../../src/app/crawling.ts';
import { createBrowser } from '../../../src/fetch/browser.ts';
import { createPageFetcher } from '../../../src/fetch/page.ts';
import { createPoliteness } from '../../../src/fetch/politeness.ts';
import { createRobots } from '../../../src/fetch/robots.ts';
import type { JobDeps } from '../../../src/jobs/deps.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { httpFor, startServer } from '../../fetch/server.ts';

export interface ForumPost {
  id: number;
  author: string;
  text: string;
  isDeleted?: boolean;
}

function postHtml({ id, author, text, isDeleted }: ForumPost): string {
  if (isDeleted)
    return `<div id="p${id}" class="post"><div class="ignore" id="post_hidden${id}">Сообщение удалено модератором.</div></div>`;
  return `<div id="p${id}" class="post"><dl class="postprofile"><dt><a class="username" href="./memberlist.php?u=${id}">${author}</a></dt></dl>
    <p class="author"><time datetime="2026-11-2${id % 10}T09:00:00+00:00">x</time></p><div class="content">${text}</div></div>`;
}

/** A thread as phpBB serves it. */
export function threadHtml(posts: readonly ForumPost[], more = ''): string {
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Тема</title>${more}</head><body><div id="phpbb">
    <h2 class="topic-title"><a href="./viewtopic.php?t=9">Ромашка</a></h2>${posts.map(postHtml).join('\n')}</div></body></html>`;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Forum {
  url: string;
  posts: ForumPost[];
  /** Answers in place of the thread, by path. */
  answers: Map<string, Answer>;
  asked: string[];
  fetchFor: JobDeps['fetchFor'];
  close(): Promise<void>;
}

/** A forum on the loopback, and our own guarded way to it; a browser where there is an `executable`. */
export async function openForum({
  executable = null,
  maxBytes = 10 * 2 ** 20,
  timeoutMs = 5000,
}: {
  executable?: string | null;
  maxBytes?: number;
  timeoutMs?: number;
} = {}): Promise<Forum> {
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  const forum = { posts: [] as ForumPost[], answers, asked };
  const server = await startServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    asked.push(path);
    const answer = answers.get(path);
    if (answer) return answer(request, response);
    if (path !== '/viewtopic.php') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(threadHtml(forum.posts));
  });
  const http = httpFor(server, { maxBytes, timeoutMs });
  const politeness = createPoliteness({ clock: systemClock, minDelayMs: 0 });
  const robots = createRobots({ http, politeness, clock: systemClock, userAgent: 'Molva-Test/1.0' });
  const parts = { http, robots, politeness, clock: systemClock };
  const browser = executable
    ? createBrowser({ ...parts, userAgent: 'Molva-Test/1.0', executablePath: executable, timeoutMs: 30_000 })
    : undefined;
  return Object.assign(forum, {
    url: server.url,
    fetchFor: createFetchFor(createPageFetcher({ ...parts, browser }), systemClock),
    close: async () => {
      await browser?.close();
      await http.close();
      await server.close();
    },
  });
}
