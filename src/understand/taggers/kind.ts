import type { Answers, Classifier } from '../../model/opinion.ts';
import type { TaggedText, Tagger } from '../../model/ports.ts';
import { type Complaint, findTag, type KindTag, POST_KINDS, type PostKind } from '../../model/tag.ts';
import { findKindSigns } from '../kinds/signs.ts';
import { opinionOf } from '../opinion.ts';
import { largest, softmax, toThousandths } from '../probabilities.ts';
import { readText } from '../reading.ts';

/** Where the model knows nothing of a kind, or has seen few of it, signs must still be able to win. */
const RARE = 0.01;
/** Log-odds. Whoever asks in so many words asks. */
const ASKS = 1.2;
/** An article is rarely a post of a person: the models know posts. */
const ARTICLE_NEWS = 2.5;

/** What a post is for: so that news, adverts and spam can be told from what customers say. */
export const kind: Tagger = {
  kind: 'kind',
  version: '1',
  usesModels: true,
  tag(text, resources) {
    const { classifier, answers } = opinionOf(text, resources);
    const reading = readText(text.document, resources.morphology);
    const signs = findKindSigns(reading, resources.kinds);
    const odds = oddsOfKinds(classifier, answers, findTag<Complaint>(text.tags, 'complaint')?.value);
    POST_KINDS.forEach((one, at) => {
      odds[at] = (odds[at] as number) + (signs.weights.get(one) ?? 0) + mannerOf(one, text, reading.asks);
    });
    const probabilities = softmax(odds);
    const best = largest(probabilities);
    const value: KindTag = text.isOfficial
      ? { kind: 'reply', confidence: 1 }
      : {
          kind: POST_KINDS[best] as PostKind,
          confidence: toThousandths(probabilities[best] as number),
        };
    return [{ kind: 'kind', target: '', value, spans: signs.spans.get(value.kind) ?? [] }];
  },
};

/** By the model, in the order of POST_KINDS: of complaints the question about them knows most, the others share the rest. */
function oddsOfKinds(
  classifier: Classifier,
  answers: Answers,
  complaint: Complaint | undefined,
): Float64Array {
  const names = classifier.answers('kind');
  const probabilities = answers.get('kind')?.probabilities ?? [];
  const odds = new Float64Array(POST_KINDS.length).fill(RARE);
  const share = complaint
    ? (1 - complaint.probability) / (1 - (probabilities[names.indexOf('complaint')] ?? 0) || 1)
    : 1;
  names.forEach((name, at) => {
    const own = name === 'complaint' && complaint ? complaint.probability : share * (probabilities[at] ?? 0);
    odds[POST_KINDS.indexOf(name as PostKind)] = Math.max(RARE, own);
  });
  return odds.map(Math.log);
}

function mannerOf(one: PostKind, { document }: TaggedText, asks: boolean): number {
  if (one === 'question') return asks ? ASKS : -ASKS;
  return one === 'news' && document.kind === 'article' ? ARTICLE_NEWS : 0;
}
