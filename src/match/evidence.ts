/** What a sign says about a candidate. */
export type EvidenceCode =
  | 'same-email'
  | 'same-phone'
  | 'same-order'
  | 'same-account'
  | 'same-nick'
  | 'similar-email'
  | 'surname'
  | 'first-name'
  | 'full-name'
  | 'patronymic'
  | 'name-in-handle'
  | 'city'
  | 'birth-year'
  | 'company'
  | 'known-account'
  | 'identifier-of-another'
  | 'account-has-changed-hands';

/** One step of the waterfall. */
export interface BitsOfEvidence {
  code: EvidenceCode;
  /** log2 of how much likelier the sign is if the author is the candidate than if he is anybody; below 0: it speaks against. */
  bits: number;
  where: 'text' | 'profile' | 'link' | 'handle' | 'name' | 'history';
}
