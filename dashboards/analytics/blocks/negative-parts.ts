import type { Viewer } from '../../auth/session.ts';
import type { SearchForm } from '../../search-form.ts';
import type { Part } from '../figure.ts';

/** A bar of posts: first those that are negative, then all others, which lead to all. */
export function negativeParts(
  { t }: Viewer,
  name: string,
  { posts, negative }: { posts: number; negative: number },
  hrefOf: (change: Partial<SearchForm>) => string,
): Part[] {
  return [
    {
      look: 'negative',
      value: negative,
      words: `${name}: ${t('tone.negative')} ${negative}`,
      href: hrefOf({ tone: ['negative'] }),
    },
    {
      look: 'others',
      value: posts - negative,
      words: `${name}: ${t.count('mentions', posts)}`,
      href: hrefOf({}),
    },
  ];
}
