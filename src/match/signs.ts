import type { ClaimReader } from './claims/reader.ts';
import { cueOf } from './claims/words.ts';
import { type HandleReading, readHandle } from './names/handle-names.ts';
import { type NameLexicon, NO_NAME, type PersonName, parseName } from './names/parse-name.ts';
import type { Gazetteer, Place } from './places.ts';
import type { MatchPost } from './post.ts';
import { skeletonOf } from './register/keys.ts';
import { findSightings, type Sighting } from './sightings.ts';
import { foldCompany } from './values.ts';

/** Tables that matching reads names and towns by. */
export interface MatchWords {
  names: NameLexicon;
  places: Gazetteer;
  claims: ClaimReader;
}

/** All that one post and its profile say of who the author is. */
export interface Signs {
  sightings: readonly Sighting[];
  /** The displayed name. */
  name: PersonName;
  /** With what the post is signed. */
  signed: PersonName;
  handle: HandleReading;
  /** Skeleton of the handle; empty without one. */
  nick: string;
  place: Place | null;
  /** Words of the profile in which a company may be named. */
  companies: readonly string[];
}

const SIGNATURE =
  /(?:(?:^|\s)(?:с уважением|подпись|искренне ваш[аи]?|всего доброго|ваш[аи]? клиент\p{L}*|(?:best |kind |warm )?regards|sincerely|yours(?: truly)?|signed|cheers|thanks)[,:\s]+|(?:^|\s)[-–—]{1,2}\s?|[.!?]\s+|\s)(\p{Lu}[\p{L}'’-]+\s+\p{Lu}[\p{L}'’.-]+(?:\s+\p{Lu}[\p{L}'’.-]+)?)(?:\s*[,(]\s*(?:г\.\s?)?([\p{L}][\p{L}\s.-]{1,30})\)?)?\s*\.?\s*$/iu;
const SIGNED_AT_START =
  /^(?:подпись|меня зовут|это|i am|i'm|my name is)[:\s]+(\p{Lu}[\p{L}'’-]+\s+\p{Lu}[\p{L}'’.-]+)(?:\s*[,(]\s*(?:г\.\s?)?([\p{L}][\p{L}\s.-]{1,30})\)?)?/iu;
const TAIL = 120;
const WORDS_BEFORE = 2;
/** A word or a dash says that it is a signature. */
const SIGNED = /^\s*(?:[-–—]|\p{L}+[,:]|с уважением|\p{L}+ regards|regards)/iu;
const TWO_CAPITALS = /\p{Lu}\p{Ll}[\p{L}'’-]{0,40}\s{1,5}\p{Lu}/u;
const SMALL = /(?:^|\s)\p{Ll}/u;

/** «… обещал директор Елизавета Холодова» is no signature. */
function tellsOfAnother(before: string): boolean {
  const words = before.match(/\p{L}+/gu) ?? [];
  return words.slice(-WORDS_BEFORE).some((word) => ['who', 'kin'].includes(cueOf(word) ?? ''));
}

/** A name and a place with which a post ends. */
function readSignature(
  text: string,
  { names, places }: MatchWords,
): { name: PersonName; place: Place | null } {
  if (!TWO_CAPITALS.test(text.slice(0, TAIL)) && !TWO_CAPITALS.test(text.slice(-TAIL)))
    return { name: NO_NAME, place: null };
  const match = SIGNATURE.exec(text.slice(-TAIL)) ?? SIGNED_AT_START.exec(text.slice(0, TAIL));
  if (!match || (!SIGNED.test(match[0]) && tellsOfAnother(match.input.slice(0, match.index))))
    return { name: NO_NAME, place: null };
  if (SMALL.test(match[1] ?? '')) return { name: NO_NAME, place: null };
  const name = parseName(match[1] ?? '', names);
  if (name.firsts.length === 0 || name.lasts.length === 0) return { name: NO_NAME, place: null };
  return { name, place: match[2] ? places.place(match[2]) : null };
}

const MAX_BIO = 200;
const LONGEST_COMPANY = 3;

/** All runs of up to three words, in which the register's companies are looked for. */
function runsOf(text: string): string[] {
  const words = text
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 30);
  return words.flatMap((_, at) =>
    Array.from({ length: Math.min(LONGEST_COMPANY, words.length - at) }, (__, more) =>
      words.slice(at, at + more + 1).join(' '),
    ),
  );
}

/** Reads a post and its profile. */
export function readSigns(post: MatchPost, words: MatchWords): Signs {
  const signature = readSignature(post.text, words);
  const bio = post.bio ?? '';
  return {
    sightings: findSightings(post, words.claims),
    name: parseName(post.displayName, words.names),
    signed: signature.name,
    handle: readHandle(post.handle ?? '', words.names),
    nick: skeletonOf(post.handle ?? ''),
    place:
      (post.city ? words.places.place(post.city) : null) ?? words.places.placesIn(bio) ?? signature.place,
    companies: runsOf(foldCompany(bio.slice(0, MAX_BIO))),
  };
}
