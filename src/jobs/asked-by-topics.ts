/** Kinds of tags that topics can ask for: which topics a text belongs to can hang on them. */
export const ASKED_BY_TOPICS: ReadonlySet<string> = new Set(['language', 'kind']);
