import { countPlaces } from '../../../src/store/analytics.ts';
import { number } from '../../views/format.ts';
import type { Block, BlockAsk, Figure } from '../figure.ts';

const MOST = 10;

/** A phrase of the query language, found in all its forms. */
const queryOf = (place: string): string => `"${place.replaceAll('"', ' ')}"`;

async function read({ deps, viewer, own }: BlockAsk): Promise<Figure | null> {
  const { t } = viewer;
  const rows = await countPlaces(deps.db, own.span, MOST);
  if (rows.length === 0) return null;
  return {
    finding: null,
    notes: [t('analytics.places.how')],
    head: [t('analytics.place'), t('analytics.posts')],
    rows: rows.map(({ place, posts }) => ({ cells: [place, posts], href: own.href({ q: queryOf(place) }) })),
    drawing: {
      kind: 'bars',
      legend: [],
      bars: rows.map(({ place, posts }) => ({
        name: place,
        said: number(viewer, posts),
        before: null,
        parts: [
          {
            look: 'accent' as const,
            value: posts,
            words: `${place}: ${t.count('mentions', posts)}`,
            href: own.href({ q: queryOf(place) }),
          },
        ],
      })),
    },
  };
}

/** Which places posts name. */
export const places: Block = { key: 'places', title: 'analytics.places', isLow: true, read };
