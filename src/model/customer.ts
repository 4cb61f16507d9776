import type { AuthorId, CustomerId } from './ids.ts';

/** MVC: most valuable, keep. MGC: most growable, extend. BZC: below zero, serve at low cost. */
export const TIERS = ['MVC', 'MGC', 'BZC'] as const;
export type Tier = (typeof TIERS)[number];

export type IdentifierKind = 'email' | 'phone' | 'handle';

/** A normalised identifier: lower-case e-mail, E.164 phone, `site/handle` or `handle`. */
export interface Identifier {
  kind: IdentifierKind;
  value: string;
}

export interface Purchase {
  externalId: string;
  at: Date;
  amount: number;
  /** ISO 4217. */
  currency: string;
  item: string;
  channel: string | null;
}

export const CONTACT_KINDS = ['call', 'mail', 'message', 'visit', 'service'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** The company and the customer dealt with each other. */
export interface Contact {
  externalId: string;
  at: Date;
  kind: ContactKind;
  /** As the CRM names it: `phone`, `email`, `telegram` … */
  channel: string;
  /** `in`: the customer began it. */
  direction: 'in' | 'out';
  /** Whether the other side answered; null: not known. */
  answered: boolean | null;
  subject: string | null;
}

export const CONSENT_PURPOSES = ['marketing', 'service', 'research', 'matching'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];
export const CONSENT_STATES = ['given', 'withdrawn', 'objected'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** What a customer agreed to or refused. The newest of a channel and purpose counts. */
export interface Consent {
  /** `any` or a channel, named as contacts name it. */
  channel: string;
  purpose: ConsentPurpose;
  state: ConsentState;
  at: Date;
  /** Where it was said: `import`, `form`, `call` … */
  origin: string | null;
}

/**
 * A customer as an import or another system states them. What is not stated (absent) stays as it is known; null or an empty list clears it.
 * Facts (purchases, contacts, consents) are added and corrected by external id, and never taken away.
 */
export interface CustomerRecord {
  externalId: string;
  /** Only of a customer who is known already it may be absent. */
  name?: string;
  city?: string | null;
  tier?: Tier | null;
  company?: string | null;
  /** What the customer is at the company: a job title. */
  role?: string | null;
  /** Who looks after the customer, as the CRM names them. */
  owner?: string | null;
  birthYear?: number | null;
  /** `ru`, `en` … */
  language?: string | null;
  /** Normalised. */
  identifiers: Identifier[];
  /** Of which kinds all are stated; absent: of every kind. */
  identifierKinds?: readonly IdentifierKind[];
  segments?: readonly string[];
  addresses?: readonly string[];
  /** Declared ones. */
  interests?: readonly string[];
  purchases: Purchase[];
  contacts?: readonly Contact[];
  consents?: readonly Consent[];
}

export interface Customer {
  id: CustomerId;
  externalId: string;
  name: string;
  city: string | null;
  tier: Tier | null;
  /** Who looks after the customer, as the CRM names them. */
  owner: string | null;
  /** The entry of the same person that stands for both; null: this one does. */
  mergedInto: CustomerId | null;
  createdAt: Date;
  updatedAt: Date;
}

/** on_behalf: the author speaks for the customer and is somebody else. */
export type LinkState = 'proposed' | 'linked' | 'confirmed' | 'rejected' | 'on_behalf';
/** What people make of a link. proposed: it is loosened, and the question open again. */
export type LinkDecision = Exclude<LinkState, 'linked'>;
/** On what ground an author and a customer are held together. `decision`: a person of the company said so. */
export type LinkBasis = 'legitimate_interest' | 'consent' | 'decision';

/** What a sign says about a candidate. `prior`: how likely it was before all signs. `learned`: what people's decisions about others make of the signs. `same-handle` stands in links of older programs. */
export const EVIDENCE_CODES = [
  'prior',
  'same-email',
  'same-phone',
  'same-order',
  'same-account',
  'same-handle',
  'same-nick',
  'similar-email',
  'surname',
  'first-name',
  'patronymic',
  'city',
  'birth-year',
  'company',
  'known-account',
  'learned',
] as const;
export type EvidenceCode = (typeof EVIDENCE_CODES)[number];

/** One reason for a link. The identifier itself is never stored here, only its masked form. */
export interface Evidence {
  code: EvidenceCode;
  /** Where it was found. */
  where: 'profile' | 'text' | 'link' | 'handle' | 'name' | 'history';
  /** e.g. `a…@example.ru`; empty where nothing need be masked. */
  masked: string;
  /**
   * log2 of how much likelier the sign is if the author is the customer than if he is anybody; below 0: it speaks against. Links of older
   * programs do not say.
   */
  bits?: number;
  /** Of an identifier: its keyed hash (`match_keys.key`), by which it is recognised as the same and cannot be read. */
  hash?: string;
}

/** author ↔ customer. */
export interface IdentityLink {
  authorId: AuthorId;
  customerId: CustomerId;
  state: LinkState;
  /** 0 to 1. */
  score: number;
  evidence: Evidence[];
  basis: LinkBasis;
  /** `matcher` or a user's e-mail. */
  decidedBy: string;
  decidedAt: Date;
}
