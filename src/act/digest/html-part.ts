import { html, type Markup } from '../../lib/html.ts';
import type { DigestData } from './data.ts';
import { oneLine } from './excerpt.ts';
import { foreign, frame, link, note, paragraph, section } from './frame.ts';
import { complaintsSection, dutiesSection, reviewsSection } from './html-duties.ts';
import { newsSection, storiesSection } from './html-stories.ts';
import { changesSection, topicsSection, voiceSection } from './html-topics.ts';
import { DIGEST_LIMITS, EXCERPT, isKnown, isQuiet, NAME, shown, summaryOf } from './shape.ts';
import type { Wording } from './wording.ts';

/** Duties first, then what is not as usual, then what was said. */
export function htmlPart(data: DigestData, words: Wording): string {
  const quiet = isQuiet(data);
  const sections = [
    quiet ? quietSection(data, words) : null,
    dutiesSection(data, words),
    complaintsSection(data, words),
    reviewsSection(data, words),
    changesSection(quiet ? data.topics.filter(isKnown) : data.topics, words),
    storiesSection(data.stories, words),
    quiet ? null : voiceSection(data.topics, words),
    quiet ? null : topicsSection(data.topics, words),
    newsSection(data.news, words),
    sourcesSection(data, words),
  ];
  const { period, dashboardUrl, recipient, unsubscribeUrl } = data;
  const why = words.say('why', { email: oneLine(recipient.email, NAME) });
  return frame(
    {
      title: words.say('title'),
      when: words.say('period', { from: words.time(period.from), to: words.time(period.to) }),
      dashboardUrl,
      zone: recipient.zone,
      open: words.say('openDashboard'),
      foot: [html`${why} ${link(unsubscribeUrl, words.say('unsubscribe'))}`],
    },
    words,
    summaryOf(data, words),
    sections.filter((part) => part !== null),
  );
}

function quietSection(data: DigestData, words: Wording): Markup {
  const deaf = data.sourceErrors.length > 0;
  const text = words.say(deaf ? 'quietTrouble' : 'quietText');
  return section(words.say(deaf ? 'troubleTitle' : 'quietTitle'), null, [paragraph(text)]);
}

function sourcesSection(data: DigestData, words: Wording): Markup | null {
  const rows = shown(data.sourceErrors, DIGEST_LIMITS.sources);
  if (rows.items.length === 0) return null;
  const lines = rows.items.map((source) =>
    paragraph(
      html`<strong>${foreign(oneLine(source.name, NAME))}</strong>: ${foreign(oneLine(source.message, EXCERPT))}`,
    ),
  );
  const more = rows.left > 0 ? [note(words.say('more', { count: words.number(rows.left) }))] : [];
  return section(words.say('sources'), words.number(data.sourceErrors.length), [...lines, ...more]);
}
