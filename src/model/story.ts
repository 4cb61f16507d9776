/**
 * What a text is to another: the same but for small changes, a part of it, it and more, or one that has a passage of it
 * between words of its own.
 */
export type Relation = 'copy' | 'excerpt' | 'extended' | 'quotation';
