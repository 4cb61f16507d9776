import type { Tagger } from '../model/ports.ts';
import { complaint } from './taggers/complaint.ts';
import { entities } from './taggers/entities.ts';
import { kind } from './taggers/kind.ts';
import { language } from './taggers/language.ts';
import { sentiment } from './taggers/sentiment.ts';

/** In the order in which they run: each sees the tags of those before it. */
export const TAGGERS: readonly Tagger[] = [language, sentiment, complaint, kind, entities];
