export type IdentifierKind = 'email' | 'phone' | 'order' | 'account';

/** Whose an identifier in a text is, by the words about it. */
export type Claim =
  /** The writer's own. */
  | 'own'
  /** Nothing tells for sure; likely his own. */
  | 'unsaid'
  /** Of somebody for whom he speaks: a relative, a friend, a client. */
  | 'behalf'
  /** Of somebody of whom he tells: a clerk, a swindler, whoever wrote above. */
  | 'quoted'
  /** An order at another shop. */
  | 'shop';
