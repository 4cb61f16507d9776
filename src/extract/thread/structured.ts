import type { PageTree, ThreadPost } from './model.ts';
import { readLdJson } from './structured/ld-json.ts';
import { readMicrodata } from './structured/microdata.ts';
import { readMicroformats } from './structured/microformats.ts';

function proseOf(posts: readonly ThreadPost[]): number {
  return posts.reduce((sum, { text }) => sum + text.length, 0);
}

export interface StructuredPosts {
  posts: ThreadPost[];
  /** Questions and answers: comments on these, which look like posts, are none. */
  isQuestions: boolean;
}

/** What a page says of its posts for machines: the form that says most. JSON-LD alone has no markup to tell quotations by. */
export function readStructuredPosts(page: PageTree): StructuredPosts {
  const forms = [readMicrodata(page), readLdJson(page), readMicroformats(page)].map((posts) =>
    posts.filter(({ text }) => text !== ''),
  );
  const posts = forms.reduce((best, form) =>
    form.length > best.length || (form.length === best.length && proseOf(form) > proseOf(best) * 1.2)
      ? form
      : best,
  );
  return {
    posts,
    isQuestions: page.$('[itemtype*="schema.org/Answer"], [itemtype*="schema.org/Question"]').length > 0,
  };
}
