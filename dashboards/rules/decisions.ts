import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { decideByPerson } from '../../src/act/rules/by-person.ts';
import { hasTag, type Wish, wishedValue } from '../../src/act/rules/decide.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { MentionId } from '../../src/model/ids.ts';
import { type Decision, PRIORITIES, tagField, tagsSchema } from '../../src/model/rule.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { CardMention } from '../../src/store/cards.ts';
import type { MentionState } from '../../src/store/decisions.ts';
import { type ListedUser, listUsers } from '../../src/store/users.ts';
import { hasRight, userOf, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { TextKey } from '../texts.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { splitTags } from './draft.ts';
import { renderSelect } from './form.ts';
import { renderMarks } from './marks.ts';
import { deciderWords } from './words.ts';

const FIELD_WORDS: Readonly<Record<string, TextKey>> = {
  tone: 'rules.tone',
  priority: 'rules.priority',
  assigned: 'decided.assigned',
};

const formSchema = z.object({
  mention: z.coerce.number().int().positive(),
  tags: z.string().max(2000).transform(splitTags),
  priority: z.enum(PRIORITIES),
  /** '' for nobody. */
  assigned: z.union([z.literal(''), z.email()]),
  basket: z.literal('1').optional(),
});
type Form = z.infer<typeof formSchema>;

/** What is to be done so that the mention is as the form says. */
function wishesOf(
  form: Form,
  tags: readonly string[],
  assignee: ListedUser | undefined,
  state: MentionState,
): Wish[] {
  const wanted = new Set(tags.map(tagField));
  const gone = state.tags.filter((tag) => !wanted.has(tagField(tag)));
  const fresh = tags.filter((tag) => !hasTag(state, tag));
  return [
    ...gone.map((tag): Wish => ({ action: 'tag', tag, isThere: false })),
    ...fresh.map((tag): Wish => ({ action: 'tag', tag, isThere: true })),
    { action: 'priority', priority: form.priority },
    { action: 'assign', user: assignee?.id ?? null, email: form.assigned },
    { action: 'basket', isThere: form.basket === '1' },
  ];
}

/** Without what was taken away: `-скидка`. */
function detailOf(changed: readonly Wish[]): Record<string, unknown> {
  return Object.fromEntries(
    changed.map((wish) => {
      const isThere = 'isThere' in wish ? wish.isThere : true;
      return wish.action === 'tag'
        ? [`${isThere ? '+' : '-'}${wish.tag}`, true]
        : [wish.action, wish.action === 'basket' ? isThere : wishedValue(wish)];
    }),
  );
}

/** A person decides about a mention: what is changed goes before every rule from then on. */
export async function decide(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const form = formSchema.parse(req.body);
  const tags = tagsSchema.parse(form.tags);
  const users = await listUsers(deps.db);
  const assignee = users.find(
    ({ email, disabledAt }) => email === form.assigned.toLowerCase() && !disabledAt,
  );
  const { email } = userOf(res);
  const now = deps.clock.now();
  const id = form.mention as MentionId;
  const done = await deps.db.transaction(async (tx) => {
    const made = await decideByPerson(tx, id, (state) => wishesOf(form, tags, assignee, state), email, now);
    if (!made || made.changed.length === 0) return made;
    const isRestored = made.changed.some((wish) => wish.action === 'basket' && !wish.isThere);
    if (isRestored) await deps.rules.restored(tx, [made.state.documentId]);
    const detail = detailOf(made.changed);
    await addAudit(tx, {
      at: now,
      actor: email,
      action: 'mention.decided',
      subject: `mention:${id}`,
      detail,
    });
    return made;
  });
  if (!done) return next();
  res.redirect(303, `/mentions/${done.state.documentId}?done=1&what=decided`);
}

function renderDeciders(
  viewer: Viewer,
  { decided }: CardMention,
  names: ReadonlyMap<string, string>,
): Markup {
  const { t } = viewer;
  const entries = Object.entries(decided) as [string, Decision][];
  if (entries.length === 0) return html``;
  const word = (field: string): string =>
    field.startsWith('tag:')
      ? t('does.tag', { value: field.slice(4) })
      : t(FIELD_WORDS[field] ?? 'menu.basket');
  const items = entries.map(
    ([field, decision]) => html`<li>${word(field)}: ${deciderWords(viewer, decision, names)}</li>`,
  );
  return html`<details><summary>${t('decided.by')}</summary><ul>${items}</ul></details>`;
}

/** Tags, priority, person and basket of a mention: to be changed by those who may. `names`: of rules, by key. */
export function renderDecisions(
  viewer: Viewer,
  mention: CardMention,
  users: readonly ListedUser[],
  names: ReadonlyMap<string, string>,
): Markup {
  const { t } = viewer;
  const deciders = renderDeciders(viewer, mention, names);
  const why = html`<p><a href="/mentions/rules/${mention.id}">${t('rules.why')}</a></p>`;
  const tone = mention.decided.tone;
  const taggers =
    mention.taggerSentiment && tone && 'rule' in tone
      ? html`<p class="muted">${t('decided.taggers', { tone: t(`tone.${mention.taggerSentiment.label}`) })}</p>`
      : '';
  if (!hasRight(viewer.user, 'mentions:work'))
    return html`${renderMarks(viewer, mention)}${taggers}${deciders}${why}`;
  const people = users
    .filter(({ email, disabledAt }) => disabledAt === null || email === mention.assigned)
    .map(({ email, name }) => [email, `${name} (${email})`] as const);
  return html`${taggers}<form method="post" action="/mentions/decide" class="filters">${csrfField(viewer)}<input type="hidden" name="mention" value="${mention.id}">
    <label>${t('decided.tags')}<input name="tags" value="${mention.tags.join(', ')}" maxlength="1100"></label>
    <label>${t('rules.priority')}${renderSelect(
      'priority',
      PRIORITIES.map((priority) => [priority, t(`priority.${priority}`)] as const),
      mention.priority,
    )}</label>
    <label>${t('decided.assigned')}${renderSelect('assigned', [['', t('assigned.nobody')], ...people], mention.assigned ?? '')}</label>
    <label class="check"><input type="checkbox" name="basket" value="1"${mention.isInBasket ? html` checked` : ''}> ${t('decided.in.basket')}</label>
    <button>${t('decided.save')}</button></form>${deciders}${why}`;
}

const NOTICES: Readonly<Record<string, TextKey>> = {
  decided: 'decided.saved',
  corrected: 'correct.saved',
  undone: 'correct.undone',
  same: 'correct.same',
};

export function decidedNotice({ t }: Viewer, query: { done?: unknown; what?: unknown }): Markup {
  const what = String(query.what);
  const words = t((Object.hasOwn(NOTICES, what) && NOTICES[what]) || 'notice.saved');
  return renderNotice(query, words);
}
