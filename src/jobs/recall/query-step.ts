import type { Document, DocumentKind } from '../../model/document.ts';
import type { Wording } from '../../model/recall.ts';
import type { Mention, Topic } from '../../model/topic.ts';
import type { QueryableDocument } from '../../query/document.ts';
import { getAuthors } from '../../store/authors.ts';
import { listMentions } from '../../store/mentions.ts';
import { sourceNames } from '../../store/sources.ts';
import { listTopics } from '../../store/topics.ts';
import { whyRefused } from '../context-check.ts';
import { accountAt, arrivalFacts, isOfficial, languageOf } from '../document-facts.ts';
import { toldOf } from '../told-of.ts';
import type { ReadPost } from './ask-site.ts';
import type { Covering } from './covering.ts';
import type { Stored } from './find-stored.ts';
import { type Finding, passed } from './finding.ts';
import { type NearTopic, nearTopics } from './near-topics.ts';
import type { MissReport, TraceDeps } from './report.ts';
import { makeStep } from './words.ts';

export interface Asked {
  finding: Finding;
  /** Of the topics that were asked, the hidden ones included. */
  mentions: Mention[];
}

const KIND: DocumentKind = 'post';
const MOST_NAMED = 3;

/** A stored document as the topics saw it when it arrived. */
async function storedText(deps: TraceDeps, document: Document): Promise<QueryableDocument> {
  const [author] = document.authorId === null ? [] : await getAuthors(deps.db, [document.authorId]);
  const source = (await sourceNames(deps.db, [document.sourceId])).get(document.sourceId);
  const isOwn = isOfficial(author, deps.resources);
  return {
    title: document.title,
    text: document.text,
    authorHandle: author?.handle ?? null,
    authorName: author?.name ?? null,
    facts: arrivalFacts(document, {
      source,
      language: languageOf(document, deps.resources),
      isOfficial: isOwn,
      told: toldOf(document, isOwn, deps.resources),
    }),
  };
}

/** A post that is not stored, as the topics would see it if it were. */
function readText(
  deps: TraceDeps,
  { title, text, author, publishedAt, links }: ReadPost,
  address: string | null,
  covering: Covering | null,
): QueryableDocument {
  const document = { title, text, kind: KIND, declaredLanguage: null };
  const known = {
    ...document,
    url: address ?? '',
    links,
    signs: {},
    publishedAt,
    foundAt: deps.clock.now(),
    parentExternalId: null,
  };
  const isOwn = isOfficial(accountAt(address, author), deps.resources);
  const facts = arrivalFacts(known, {
    source: covering?.source,
    language: languageOf(document, deps.resources),
    isOfficial: isOwn,
    told: toldOf(document, isOwn, deps.resources),
  });
  return { title, text, authorHandle: author, authorName: author, facts };
}

function namesOf(topics: readonly Topic[]): Wording {
  const some = topics.slice(0, MOST_NAMED);
  const rest = topics.length > MOST_NAMED ? ' …' : '';
  return {
    ru: `${some.map(({ name }) => `«${name}»`).join(', ')}${rest}`,
    en: `${some.map(({ name }) => `“${name}”`).join(', ')}${rest}`,
  };
}

/** Of several topics, each reason bears the topic's name. */
function reasonsOf(near: readonly NearTopic[]): Wording[] {
  return near
    .slice(0, MOST_NAMED)
    .flatMap(({ topic, reasons }) =>
      reasons.map(({ message }) =>
        near.length === 1
          ? message
          : { ru: `«${topic.name}»: ${message.ru}`, en: `“${topic.name}”: ${message.en}` },
      ),
    );
}

/** `all`: topics that were to be asked. */
function narrow(near: readonly NearTopic[], all: number): Finding {
  const [nearest] = near;
  if (!nearest)
    return {
      step: makeStep('failed', 'query.no-topics'),
      cause: 'query-too-narrow',
      fix: { kind: 'open-topic', topic: '' },
    };
  const { topic, isBroken } = nearest;
  const many = near.length < all ? 'query.none-of-many' : 'query.none';
  const code = isBroken ? 'query.broken' : all === 1 ? 'query.narrow' : many;
  return {
    step: makeStep('failed', code, {
      values: { topic: topic.name, n: near.length, all },
      facts: { topic: topic.key },
      reasons: reasonsOf(near),
    }),
    cause: 'query-too-narrow',
    fix: isBroken ? { kind: 'open-topic', topic: topic.key } : { kind: 'add-example', topic: topic.key },
  };
}

function matched(topics: readonly Topic[], isStored: boolean): Finding {
  const parts = {
    values: { topics: namesOf(topics) },
    facts: { topics: topics.map(({ key }) => key).join(' ') },
  };
  if (!isStored) return passed(makeStep('ok', 'query.matched', parts));
  return { step: makeStep('failed', 'query.pending', parts), cause: 'unknown', fix: { kind: 'rematch' } };
}

function nothing(finding: Finding): Asked {
  return { finding, mentions: [] };
}

/** Does a topic find the post; and if not, what does its query lack? */
export async function queryStep(
  deps: TraceDeps,
  report: MissReport,
  { stored, post, covering }: { stored: Stored | null; post: ReadPost | null; covering: Covering | null },
): Promise<Asked> {
  if (report.canaryOf !== null) return nothing(passed(makeStep('skipped', 'query.skipped')));
  const all = await listTopics(deps.db);
  const chosen = all.filter(({ key }) => report.topic === null || key === report.topic);
  const ids = stored ? [stored.document, ...stored.others].map(({ id }) => id) : [];
  const wanted = new Set<number>(chosen.map(({ id }) => id));
  const mentions = (await listMentions(deps.db, ids)).filter(({ topicId }) => wanted.has(topicId));
  if (mentions.length > 0) {
    const topics = chosen.filter(({ id }) => mentions.some(({ topicId }) => topicId === id));
    return { finding: matched(topics, false), mentions };
  }
  const [only] = chosen;
  if (report.topic !== null && only && !only.enabled)
    return nothing({
      step: makeStep('failed', 'query.topic-off', { values: { topic: only.name } }),
      cause: 'filtered',
      fix: { kind: 'open-topic', topic: only.key },
    });
  const document = stored
    ? await storedText(deps, stored.document)
    : post && readText(deps, post, report.address, covering);
  if (!document) return nothing(passed(makeStep('unknown', 'query.no-text')));
  const enabled = chosen.filter((topic) => topic.enabled);
  const { matcher, checks } = await deps.topics.current(deps.db);
  const matches = new Map(matcher.match(document).map(({ key, spans }) => [key, spans]));
  const refused: NearTopic[] = [];
  const found = enabled.filter((topic) => {
    const spans = matches.get(topic.key);
    const verdict = spans && checks.get(topic.key)?.(document, spans);
    if (verdict?.isMeant === false)
      refused.push({ topic, reasons: [whyRefused(topic.name, verdict)], isBroken: false });
    return spans !== undefined && verdict?.isMeant !== false;
  });
  if (found.length > 0) return nothing(matched(found, stored !== null));
  const others = enabled.filter(({ key }) => !matches.has(key));
  const near = nearTopics(others, all, document, deps.resources.morphology);
  return nothing(narrow([...refused, ...near], enabled.length));
}
