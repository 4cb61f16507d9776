import { number, percent } from '../../views/format.ts';
import type { Block, BlockAsk, Figure } from '../figure.ts';
import { sumPosts } from '../side.ts';

const MOST = 10;

function nameOf({ viewer: { language, t } }: BlockAsk, code: string | null): string {
  if (code === null || code === 'und') return t('language.und');
  if (!/^[a-z]{2,3}$/.test(code)) return code;
  return new Intl.DisplayNames(language, { type: 'language', fallback: 'code' }).of(code) ?? code;
}

async function read(asked: BlockAsk): Promise<Figure | null> {
  const { viewer, own } = asked;
  const { t } = viewer;
  const rows = (await own.where()).languages;
  const all = sumPosts(rows);
  if (all === 0) return null;
  const hrefOf = (code: string | null): string => own.href(code === null ? {} : { language: [code] });
  const share = (posts: number): string => percent(viewer, posts / all);
  return {
    finding: null,
    notes: [],
    head: [t('analytics.language'), t('analytics.posts'), t('analytics.share.column')],
    rows: rows.map(({ code, posts }) => ({
      cells: [nameOf(asked, code), posts, share(posts)],
      href: hrefOf(code),
    })),
    drawing: {
      kind: 'bars',
      legend: [],
      bars: rows.slice(0, MOST).map(({ code, posts }) => ({
        name: nameOf(asked, code),
        said: `${number(viewer, posts)} · ${share(posts)}`,
        before: null,
        parts: [
          {
            look: 'accent' as const,
            value: posts,
            words: `${nameOf(asked, code)}: ${t.count('mentions', posts)}`,
            href: hrefOf(code),
          },
        ],
      })),
    },
  };
}

/** In which languages it is said. */
export const languages: Block = { key: 'languages', title: 'analytics.languages', isLow: true, read };
