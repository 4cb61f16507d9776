import { countAuthors } from '../../../src/store/analytics.ts';
import { number, percent } from '../../views/format.ts';
import type { Block, BlockAsk, Figure } from '../figure.ts';
import { THIN } from '../findings.ts';
import { sumPosts } from '../side.ts';
import { negativeParts } from './negative-parts.ts';
import { isNegative } from './sources.ts';

const MOST = 10;
const LISTED = 20;
/** So few authors with so large a part of all posts are worth a sentence. */
const FEW = 3;
const LARGE = 0.3;

async function read({ deps, viewer, own }: BlockAsk): Promise<Figure | null> {
  const { t } = viewer;
  const authors = await countAuthors(deps.db, own.span, own.kindsWith(isNegative), LISTED);
  if (authors.length === 0) return null;
  const all = sumPosts(await own.counts());
  const few = sumPosts(authors.slice(0, FEW));
  const isLoud = authors.length > FEW && all >= THIN && few / all >= LARGE;
  const known = (value: number | null): string | number => value ?? '';
  const nameOf = ({ name, handle }: (typeof authors)[number]): string => name || handle;
  return {
    finding: isLoud ? t('analytics.authors.few', { n: FEW, share: percent(viewer, few / all) }) : null,
    notes: [t('analytics.authors.how')],
    head: [
      t('analytics.author'),
      t('analytics.site'),
      t('analytics.posts'),
      t('tone.negative'),
      t('analytics.followers'),
      t('analytics.reach'),
    ],
    rows: authors.map((author) => ({
      cells: [
        nameOf(author),
        author.site,
        author.posts,
        author.negative,
        known(author.followers),
        known(author.reach),
      ],
      href: own.href({ author: author.handle }),
    })),
    drawing: {
      kind: 'bars',
      bars: authors.slice(0, MOST).map((author) => ({
        name: nameOf(author),
        said: number(viewer, author.posts),
        before: null,
        parts: negativeParts(viewer, nameOf(author), author, (change) =>
          own.href({ author: author.handle, ...change }),
        ),
      })),
      legend: [
        { look: 'negative', name: t('tone.negative') },
        { look: 'others', name: t('analytics.rest') },
      ],
    },
  };
}

/** Who says it. */
export const authors: Block = { key: 'authors', title: 'analytics.authors', isLow: true, read };
