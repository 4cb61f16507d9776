/** A number that cannot be passed where another table's number is meant. */
type Id<Name extends string> = number & { readonly __id: Name };

export type SourceId = Id<'source'>;
export type AuthorId = Id<'author'>;
export type ThreadId = Id<'thread'>;
export type DocumentId = Id<'document'>;
export type TopicId = Id<'topic'>;
export type MentionId = Id<'mention'>;
export type CustomerId = Id<'customer'>;
export type CaseId = Id<'case'>;
export type UserId = Id<'user'>;
export type SessionId = Id<'session'>;
export type RuleId = Id<'rule'>;
export type RuleRunId = Id<'rule-run'>;
export type StoryId = Id<'story'>;
export type CorrectionId = Id<'correction'>;
export type ModelId = Id<'model'>;
export type AlertId = Id<'alert'>;
export type IncidentId = Id<'incident'>;
export type CaseIncidentId = Id<'case-incident'>;
export type SavedViewId = Id<'saved-view'>;
export type PublicLinkId = Id<'public-link'>;
