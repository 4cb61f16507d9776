import type { Tier } from '../../../src/model/customer.ts';
import { countTiers } from '../../../src/store/analytics.ts';
import { remembered } from '../../../src/store/remembered.ts';
import { number } from '../../views/format.ts';
import type { Block, BlockAsk, Figure } from '../figure.ts';
import { FOR_MS, sumPosts } from '../side.ts';

const ORDER = ['MVC', 'MGC', 'BZC', 'none', null] as const;

function nameOf({ viewer: { t } }: BlockAsk, tier: Tier | 'none' | null): string {
  if (tier === null) return t('analytics.tiers.nobody');
  return tier === 'none' ? t('case.notier') : t(`tier.${tier}`);
}

const tiersOf = remembered(FOR_MS, countTiers);

async function read(asked: BlockAsk): Promise<Figure | null> {
  const { deps, viewer, own } = asked;
  const { t } = viewer;
  const kinds = own.kindsWith(({ reasons }) => reasons.size > 0);
  const counts = kinds.length === 0 ? [] : await tiersOf(deps.db, { ...own.span, kinds });
  if (counts.length === 0) return null;
  const rows = ORDER.flatMap((tier) => counts.find((one) => one.tier === tier) ?? []);
  const hrefOf = (tier: Tier | 'none' | null): string =>
    own.href({ complaints: '1', ...(tier === null || tier === 'none' ? {} : { q: `tier:${tier}` }) });
  const known = sumPosts(rows.filter(({ tier }) => tier !== null));
  const dear = rows.find(({ tier }) => tier === 'MVC')?.posts ?? 0;
  return {
    finding:
      dear > 0
        ? t('analytics.tiers.dear', { n: number(viewer, dear) })
        : known === 0
          ? t('analytics.tiers.none')
          : null,
    notes: [t('analytics.tiers.how')],
    head: [t('analytics.tier'), t('analytics.complaints')],
    rows: rows.map(({ tier, posts }) => ({ cells: [nameOf(asked, tier), posts], href: hrefOf(tier) })),
    drawing: {
      kind: 'bars',
      legend: [],
      bars: rows.map(({ tier, posts }) => ({
        name: nameOf(asked, tier),
        said: number(viewer, posts),
        before: null,
        parts: [
          {
            look: 'accent' as const,
            value: posts,
            words: `${nameOf(asked, tier)}: ${number(viewer, posts)}`,
            href: hrefOf(tier),
          },
        ],
      })),
    },
  };
}

/** Whom of our customers we have made complain. */
export const tiers: Block = { key: 'tiers', title: 'analytics.tiers', read };
