import type { TalkPhrase } from '../../../src/model/talk.ts';
import { distance, number, percent } from '../../views/format.ts';
import type { Ask } from '../ask.ts';
import type { Block, BlockAsk, Figure } from '../figure.ts';

const MOST = 8;
/** What was worked out longer ago says so: others' charts show the moment. */
const MINUTE_MS = 60_000;

function rowsOf({ viewer, own }: BlockAsk, phrases: readonly TalkPhrase[], isFresh: boolean) {
  const { t } = viewer;
  return phrases.map(({ phrase, query, mentions, share, shareBefore }) => ({
    cells: [
      phrase,
      t(isFresh ? 'analytics.phrases.new' : 'analytics.phrases.key'),
      mentions,
      percent(viewer, share),
      percent(viewer, shareBefore),
    ],
    href: own.href({ q: query }),
  }));
}

/** Phrases are read of one topic at a time. */
const isOfOne = ({ chosen, topics }: Ask): boolean => chosen.length === 1 || topics.length === 1;

async function read(asked: BlockAsk): Promise<Figure> {
  const { deps, viewer, ask, own } = asked;
  const { t } = viewer;
  const [topic] = ask.chosen.length > 0 ? ask.chosen : ask.topics;
  const head = [
    t('analytics.phrase'),
    t('analytics.phrases.kind'),
    t('analytics.posts'),
    t('analytics.voices'),
    t('analytics.before'),
  ];
  if (!topic || !isOfOne(ask))
    return { finding: null, notes: [t('analytics.phrases.one')], head, rows: [], drawing: null };
  const talk = await deps.actions.talk({ topic, from: own.period.from, to: own.period.to, by: 'said' });
  const fresh = talk.fresh ?? [];
  const isSample = talk.period.read < talk.period.mentions;
  return {
    finding: fresh[0] ? t('analytics.phrases.fresh', { phrase: fresh[0].phrase }) : null,
    notes: [
      t('talk.key.how'),
      ...(viewer.now.getTime() - talk.at.getTime() > MINUTE_MS
        ? [t('analytics.phrases.at', { when: distance(viewer, talk.at) })]
        : []),
      ...(talk.fresh === null
        ? [t('talk.fresh.little', { now: talk.period.voices, before: talk.before.voices })]
        : []),
      ...(isSample
        ? [
            t('talk.sample', {
              read: number(viewer, talk.period.read),
              mentions: number(viewer, talk.period.mentions),
            }),
          ]
        : []),
    ],
    head,
    rows: [...rowsOf(asked, fresh, true), ...rowsOf(asked, talk.key, false)],
    drawing:
      talk.key.length === 0
        ? null
        : {
            kind: 'bars',
            legend: [],
            bars: talk.key.slice(0, MOST).map(({ phrase, query, mentions }) => ({
              name: phrase,
              said: `${isSample ? '≈ ' : ''}${number(viewer, mentions)}`,
              before: null,
              parts: [
                {
                  look: 'accent' as const,
                  value: mentions,
                  words: `${phrase}: ${t.count('mentions', mentions)}`,
                  href: own.href({ q: query }),
                },
              ],
            })),
          },
    more: { href: `/talk?topic=${encodeURIComponent(topic.key)}`, words: t('analytics.phrases.more') },
  };
}

/** What people talk about, and what of it is new: words are read, which takes a while. */
export const phrases: Block = { key: 'phrases', title: 'analytics.phrases', isSlow: isOfOne, read };
