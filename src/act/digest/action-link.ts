import { isSameProof } from '../../lib/same-proof.ts';
import type { MentionId } from '../../model/ids.ts';
import type { Sign } from '../alerts/take-link.ts';

/** What can be said of a post right from a mail. */
export const DIGEST_ACTIONS = ['tone', 'not-us', 'answered'] as const;
export type DigestAction = (typeof DIGEST_ACTIONS)[number];

/** One link: for one person, one post as he has read it, one action, until then. */
export interface ActionLink {
  action: DigestAction;
  /** Number of the recipient. */
  recipient: number;
  mention: MentionId;
  revision: number;
  /** To the minute. */
  expiresAt: Date;
}

export const ACTION_LIFETIME_MS = 14 * 86_400_000;
const MINUTE_MS = 60_000;
const LETTERS: Record<DigestAction, string> = { tone: 't', 'not-us': 'n', answered: 'a' };

const proofOf = (sign: Sign, body: string): string => sign(`digest-action:${body}`);

export function actionToken(
  sign: Sign,
  { action, recipient, mention, revision, expiresAt }: ActionLink,
): string {
  const minutes = Math.floor(expiresAt.getTime() / MINUTE_MS).toString(36);
  const body = [LETTERS[action], recipient, mention, revision, minutes].join('.');
  return `${body}.${proofOf(sign, body)}`;
}

const FORM = /^(([tna])\.(\d{1,15})\.(\d{1,15})\.(\d{1,9})\.([0-9a-z]{1,8}))\.([\w-]{20})$/;

/** null when it is not ours. Whether its time has passed is left to the caller. */
export function readActionToken(sign: Sign, token: string): ActionLink | null {
  const [, body = '', letter, recipient, mention, revision, minutes = '', proof = ''] =
    FORM.exec(token) ?? [];
  const action = DIGEST_ACTIONS.find((one) => LETTERS[one] === letter);
  if (!action || !isSameProof(proof, proofOf(sign, body))) return null;
  return {
    action,
    recipient: Number(recipient),
    mention: Number(mention) as MentionId,
    revision: Number(revision),
    expiresAt: new Date(Number.parseInt(minutes, 36) * MINUTE_MS),
  };
}

/** Addresses behind the links under a post. */
export type ActionLinks = Record<DigestAction, string>;

/** Makes the links of one mail: for its recipient, good for two weeks from `at`. */
export function createActionLinks(
  sign: Sign,
  dashboardUrl: string,
  { recipient, at }: { recipient: number; at: Date },
): (post: { mentionId: MentionId; revision: number }) => ActionLinks {
  const expiresAt = new Date(at.getTime() + ACTION_LIFETIME_MS);
  return ({ mentionId, revision }) => {
    const link = (action: DigestAction): string =>
      `${dashboardUrl}/said/${actionToken(sign, { action, recipient, mention: mentionId, revision, expiresAt })}`;
    return { tone: link('tone'), 'not-us': link('not-us'), answered: link('answered') };
  };
}

/** For others than the recipient: the same mail, whose personal links do nothing. */
export function withoutPersonalLinks(mail: string): string {
  return mail.replace(/\/(said|unsubscribe)\/[\w.-]+/g, '/$1/shown');
}
