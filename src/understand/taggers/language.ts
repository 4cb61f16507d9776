import type { TaggedText, Tagger } from '../../model/ports.ts';
import { detectLanguage } from '../language/detect.ts';

const VERSION = '2';

/** What language the document is in, told by its own words: handles, links and tags of # do not count. */
export const language: Tagger = {
  kind: 'language',
  version: VERSION,
  tag(text) {
    const said = text.document.title ? `${text.document.title}\n${text.document.text}` : text.document.text;
    return [
      {
        kind: 'language',
        target: '',
        value: detectLanguage(said, declared(text)),
        spans: [],
      },
    ];
  },
};

function declared({ document }: TaggedText): string | null {
  return document.declaredLanguage?.toLowerCase().split(/[-_]/)[0] ?? null;
}
