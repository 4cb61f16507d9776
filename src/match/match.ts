import type { Evidence, Identifier, LinkState } from '../model/customer.ts';
import type { Author } from '../model/document.ts';
import type { CustomerId } from '../model/ids.ts';
import { findIdentifierHolders, type IdentifierHolder } from '../store/customers.ts';
import type { Db } from '../store/db.ts';
import { claimByRule } from './claims/rule.ts';
import { findIdentifiers, maskIdentifier } from './identifiers.ts';

interface Sign extends Identifier {
  where: Evidence['where'];
  /** Strong signs link by themselves, weak ones only propose. */
  strong: boolean;
}

export interface Candidate {
  customerId: CustomerId;
  state: Extract<LinkState, 'linked' | 'proposed'>;
  /** 0 to 1. */
  score: number;
  evidence: Evidence[];
}

/** First guesses, to be replaced by weights that are learnt from people's decisions. */
const SCORE = { strong: 0.98, weak: 0.5, contradicted: 0.4 };

function accountSigns(author: Author): Sign[] {
  const handle = author.handle.toLowerCase().replace(/^@/, '');
  const site = author.site.toLowerCase();
  return [
    { kind: 'handle', value: `${site}/${handle}`, where: 'handle', strong: true },
    // The same nick at another site may be anybody.
    { kind: 'handle', value: handle, where: 'handle', strong: false },
  ];
}

function profileSigns(author: Author): Sign[] {
  return findIdentifiers(author.about ?? '').map(({ kind, value }) => ({
    kind,
    value,
    where: 'profile',
    strong: true,
  }));
}

function textSigns(text: string): Sign[] {
  return findIdentifiers(text).map(({ kind, value, start, end }) => ({
    kind,
    value,
    where: 'text',
    strong: claimByRule(text, start, end, kind === 'email' ? 'email' : 'phone') === 'own',
  }));
}

/** A value that several customers share points at none of them. */
function isShared(holder: IdentifierHolder, holders: readonly IdentifierHolder[]): boolean {
  return holders.some(
    (other) =>
      other.kind === holder.kind && other.value === holder.value && other.customerId !== holder.customerId,
  );
}

function toEvidence(sign: Sign): Evidence {
  return { code: `same-${sign.kind}`, where: sign.where, masked: maskIdentifier(sign) };
}

/**
 * Customers who share an exact identifier with the author: the account itself, his profile, or the text he wrote.
 * Linked when the sign is strong, held by one customer, and no strong sign points at another; proposed otherwise.
 */
export async function findCandidates(db: Db, author: Author, texts: readonly string[]): Promise<Candidate[]> {
  const signs = [...accountSigns(author), ...profileSigns(author), ...texts.flatMap(textSigns)];
  const holders = await findIdentifierHolders(db, signs);
  const byCustomer = new Map<CustomerId, { strong: boolean; evidence: Map<string, Evidence> }>();
  for (const holder of holders) {
    for (const sign of signs.filter((s) => s.kind === holder.kind && s.value === holder.value)) {
      const found = byCustomer.get(holder.customerId) ?? { strong: false, evidence: new Map() };
      found.strong ||= sign.strong && !isShared(holder, holders);
      found.evidence.set(`${sign.kind}/${sign.where}/${sign.value}`, toEvidence(sign));
      byCustomer.set(holder.customerId, found);
    }
  }
  const contradicted = [...byCustomer.values()].filter((found) => found.strong).length > 1;
  return [...byCustomer].map(([customerId, { strong, evidence }]) => {
    const linked = strong && !contradicted;
    const score = linked ? SCORE.strong : contradicted ? SCORE.contradicted : SCORE.weak;
    return { customerId, state: linked ? 'linked' : 'proposed', score, evidence: [...evidence.values()] };
  });
}
