import { z } from 'zod';
import type { DocumentId } from '../../../src/model/ids.ts';
import { getCards } from '../../../src/store/cards.ts';
import { getDocument, listRevisions } from '../../../src/store/documents.ts';
import { listTags } from '../../../src/store/mentions.ts';
import { storyOf } from '../../../src/store/story-pages.ts';
import { correctionAnswer, correctionBody, correctTag } from '../corrections.ts';
import { found, operation } from '../operation.ts';
import { postSchema, postsOfCards, shownTo, tagSchema, tagsOf } from '../posts.ts';
import { at, byId, id, iso, isoOrNull } from '../shapes.ts';

const whole = z.object({
  post: postSchema,
  full_text: z.string().nullable().describe('With what it quotes, where that differs from its text'),
  revision: id,
  published_at: at.nullable(),
  found_at: at,
  deleted_at: at.nullable().describe('When it was noticed to be gone from its page'),
  earlier: z.array(z.object({ seen_at: at, text: z.string() })).describe('What it said before'),
  story: z.object({ id, documents: z.int() }).nullable().describe('Others carry the same text'),
  tags: z.array(tagSchema),
});

export const documents = [
  operation({
    id: 'readDocument',
    method: 'get',
    path: '/documents/{id}',
    scope: 'documents:read',
    summary: 'Read one post whole, whatever it mentions, with its tags and what it said before',
    params: byId,
    answer: whole,
    handle: async ({ db }, call) => {
      const document = found(await getDocument(db, call.params.id as DocumentId), 'post');
      const cards = await getCards(db, [document.id], { withBasket: true });
      const show = shownTo(call);
      const [tags, revisions, story, posts] = await Promise.all([
        listTags(db, document.id),
        listRevisions(db, document.id),
        storyOf(db, document.id),
        postsOfCards(db, call, cards),
      ]);
      return {
        post: { ...found(posts[0], 'post'), text: show(document.text) },
        full_text: document.fullText === null ? null : show(document.fullText),
        revision: document.revision,
        published_at: isoOrNull(document.publishedAt),
        found_at: iso(document.foundAt),
        deleted_at: isoOrNull(document.deletedAt),
        earlier: revisions.map(({ seenAt, text }) => ({ seen_at: iso(seenAt), text: show(text) })),
        story,
        tags: tagsOf(tags, null),
      };
    },
  }),
  operation({
    id: 'correctDocument',
    method: 'post',
    path: '/documents/{id}/corrections',
    scope: 'documents:write',
    summary: 'Say what a tag of the post as a whole should have been',
    params: byId,
    body: correctionBody,
    answer: correctionAnswer,
    handle: (deps, call) =>
      correctTag(deps, call, { ...call.body, document: call.params.id as DocumentId, target: '' }),
  }),
];
