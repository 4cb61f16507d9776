import { number, percent } from '../../views/format.ts';
import { type Block, type BlockAsk, type Figure, hueOf } from '../figure.ts';
import { differs } from '../findings.ts';
import type { Side } from '../side.ts';

const MOST = 12;

/** Posts of each topic, by its number. */
async function postsByTopic(side: Side): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  for (const { said, posts } of await side.everything())
    for (const { topic } of said) found.set(topic, (found.get(topic) ?? 0) + posts);
  return found;
}

/** The topic whose number of posts has grown the most beyond chance. */
function grownOf<Row extends { posts: number; before: number }>(rows: readonly Row[]): Row | undefined {
  return rows
    .filter(({ posts, before }) => before > 0 && posts > before && differs(posts, before))
    .sort((a, b) => b.posts - b.before - (a.posts - a.before))[0];
}

async function read({ viewer, ask, own, other }: BlockAsk): Promise<Figure | null> {
  const { t } = viewer;
  const asked = ask.chosen.length > 1 ? ask.chosen : ask.topics;
  const [now, then] = [
    await postsByTopic(own),
    other && ask.against.kind === 'before' ? await postsByTopic(other) : null,
  ];
  const rows = asked
    .map((topic) => ({ topic, posts: now.get(topic.id) ?? 0, before: then?.get(topic.id) ?? 0 }))
    .filter(({ posts, before }) => posts + before > 0)
    .sort((a, b) => b.posts - a.posts);
  if (rows.length < 2) return null;
  const all = rows.reduce((sum, { posts }) => sum + posts, 0);
  const share = (posts: number): string => percent(viewer, all === 0 ? 0 : posts / all);
  const [first] = rows;
  const grown = then ? grownOf(rows) : undefined;
  const lead =
    first && all > 0
      ? t('analytics.share.first', { topic: first.topic.name, share: share(first.posts) })
      : null;
  return {
    finding: grown ? `${lead}; ${t('analytics.share.grown', { topic: grown.topic.name })}` : lead,
    notes: [t('analytics.share.how')],
    head: [
      t('analytics.topic'),
      t('analytics.posts'),
      t('analytics.share.column'),
      ...(then ? [t('analytics.before')] : []),
    ],
    rows: rows.map(({ topic, posts, before }) => ({
      cells: [topic.name, posts, share(posts), ...(then ? [before] : [])],
      href: own.href({ topic: [topic.key] }),
    })),
    drawing: {
      kind: 'bars',
      legend: [],
      bars: rows.slice(0, MOST).map(({ topic, posts, before }) => ({
        name: topic.name,
        said: `${number(viewer, posts)} · ${share(posts)}`,
        before: then ? before : null,
        parts: [
          {
            look: hueOf(topic),
            value: posts,
            words: `${topic.name}: ${t.count('mentions', posts)}`,
            href: own.href({ topic: [topic.key] }),
          },
        ],
      })),
    },
  };
}

/** Which topics are spoken of the most. */
export const share: Block = { key: 'share', title: 'analytics.share', read };
