import { html, type Markup, safeHref } from '../../lib/html.ts';
import { toneWords } from './chart.ts';
import type { DigestNews, DigestStory } from './data.ts';
import { oneLine } from './excerpt.ts';
import { foreign, INK, LINK, link, MUTED, note, section } from './frame.ts';
import { DIGEST_LIMITS, EXCERPT, NAME, shown, titleOf } from './shape.ts';
import type { Wording } from './wording.ts';

function storyRow(story: DigestStory, words: Wording): Markup {
  const who = [story.author ?? '', story.site]
    .filter((part) => part !== '')
    .map((part) => foreign(oneLine(part, NAME)));
  return html`<div style="margin:0 0 16px;"><p class="ink" style="margin:0;${INK}"><a class="link" href="${safeHref(story.link)}" style="${LINK}"><strong>${foreign(titleOf(story, words))}</strong></a></p>
<p class="ink" style="margin:0;font-size:14px;line-height:20px;${INK}">${words.carried(story)}</p>
<p class="muted" style="margin:0;font-size:13px;line-height:18px;${MUTED}">${who.map((part, at) => [at > 0 ? ' · ' : '', part])}</p>
${story.title !== null && html`<p class="ink" style="margin:2px 0 0;font-size:14px;line-height:20px;${INK}">${foreign(oneLine(story.excerpt, EXCERPT))}</p>`}
<p class="noprint" style="margin:0;font-size:13px;line-height:24px;">${link(story.firstLink, words.say('readFirst'))}</p></div>`;
}

export function storiesSection(stories: readonly DigestStory[], words: Wording): Markup | null {
  const { items } = shown(stories, DIGEST_LIMITS.stories);
  if (items.length === 0) return null;
  return section(
    words.say('stories'),
    null,
    items.map((story) => storyRow(story, words)),
  );
}

function newsRow(news: DigestNews, words: Wording): Markup {
  return html`<div style="margin:0 0 16px;"><p class="ink" style="margin:0;${INK}"><a class="link" href="${safeHref(news.link)}" style="${LINK}"><strong>${foreign(oneLine(news.phrase, NAME))}</strong></a> · ${foreign(oneLine(news.topic, NAME))}</p>
${note(`${words.count('mentionCount', news.mentions)} · ${words.newsShare(news)}`)}
${note(toneWords(news.tones, words))}</div>`;
}

export function newsSection(news: readonly DigestNews[], words: Wording): Markup | null {
  const { items, left } = shown(news, DIGEST_LIMITS.news);
  if (items.length === 0) return null;
  const more = left > 0 ? [note(words.say('more', { count: words.number(left) }))] : [];
  return section(words.say('news'), null, [...items.map((row) => newsRow(row, words)), ...more]);
}
