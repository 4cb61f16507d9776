import { countSources, type SourceCount } from '../../../src/store/analytics.ts';
import { number, percent } from '../../views/format.ts';
import type { Bar, Block, BlockAsk, Figure } from '../figure.ts';
import { changeWords, differs, THIN } from '../findings.ts';
import type { Traits } from '../side.ts';
import { negativeParts } from './negative-parts.ts';

const MOST = 10;
const LISTED = 50;
/** A source that has so large a part of all posts is worth a sentence. */
const LARGE = 0.4;

export const isNegative = ({ tones }: Traits): boolean => tones.has('negative');

type Row = SourceCount & { before: number | null };

function findingOf({ viewer, ask }: BlockAsk, rows: readonly Row[]): string | null {
  const { t } = viewer;
  const all = rows.reduce((sum, { posts }) => sum + posts, 0);
  const grown = rows
    .filter(({ posts, before }) => before && posts > before && differs(posts, before))
    .sort((a, b) => b.posts - (b.before ?? 0) - (a.posts - (a.before ?? 0)))[0];
  if (grown && ask.against.kind === 'before')
    return `${grown.name}: ${changeWords(viewer, grown.posts, grown.before ?? 0)}`;
  const [first] = rows;
  if (!first || all < THIN || first.posts / all < LARGE || rows.length < 2) return null;
  return t('analytics.sources.first', { source: first.name, share: percent(viewer, first.posts / all) });
}

function barOf({ viewer, own }: BlockAsk, { key, name, posts, negative, before }: Row): Bar {
  const parts = negativeParts(viewer, name, { posts, negative }, (change) =>
    own.href({ source: [key], ...change }),
  );
  return { name, said: number(viewer, posts), parts, before };
}

async function read(asked: BlockAsk): Promise<Figure | null> {
  const { deps, viewer, own, other } = asked;
  const { t } = viewer;
  const { sources: now } = await own.where();
  if (now.length === 0) return null;
  const then = other ? await countSources(deps.db, other.span) : null;
  const rows = now.map((row): Row => ({ ...row, before: then ? (then.get(row.key) ?? 0) : null }));
  return {
    finding: findingOf(asked, rows),
    notes: rows.length > MOST ? [t('analytics.first', { n: MOST, of: number(viewer, rows.length) })] : [],
    head: [
      t('analytics.source'),
      t('analytics.posts'),
      t('tone.negative'),
      ...(other ? [t('analytics.before')] : []),
    ],
    rows: rows.slice(0, LISTED).map(({ key, name, posts: n, negative, before }) => ({
      cells: [name, n, negative, ...(before === null ? [] : [before])],
      href: own.href({ source: [key] }),
    })),
    drawing: {
      kind: 'bars',
      bars: rows.slice(0, MOST).map((row) => barOf(asked, row)),
      legend: [
        { look: 'negative', name: t('tone.negative') },
        { look: 'others', name: t('analytics.rest') },
      ],
    },
  };
}

/** Where it is said. */
export const sources: Block = { key: 'sources', title: 'analytics.sources', isLow: true, read };
