import { domainToASCII } from 'node:url';
import type { Value } from './ast.ts';
import { type NumberRange, rangeMoments } from './ranges.ts';

/** What is said of a topic in a document. */
export interface Towards {
  tone: string;
  isComplaint: boolean;
  /** Of the complaint. */
  level: string;
}

/** What is known of a document besides its words, by the names of the query's fields. */
export interface Facts {
  /** The reader's hour and zone: what `today` and `2026-11` mean. Without them: the hour it was found, and UTC. */
  now?: Date;
  zone?: string;
  site?: string | null;
  url?: string;
  link?: readonly string[];
  /** Key and name. */
  source?: readonly string[];
  kind?: string;
  lang?: string | null;
  /** Without `fault`. */
  has?: readonly string[];
  /** `has:fault`, apart: to tell it the text must be read. */
  hasFault?: boolean;
  is?: readonly string[];
  reach?: number | null;
  followers?: number | null;
  replies?: number | null;
  published?: Date | null;
  found?: Date | null;
  /** What the post is for, whatever it names. */
  intent?: string | null;
  /** How sure that is, in whole percent. */
  sure?: number | null;
  /** How much the post looks like a complaint: the level of the mention that does most. */
  complaint?: string | null;
  /** By the key of each topic that it names. */
  towards?: ReadonlyMap<string, Towards>;
  /** Of which topic `tone:` and `intent:complaint` speak when they name none; without it, of any. */
  subject?: string;
  topic?: readonly string[];
  customer?: readonly string[];
  tier?: readonly string[];
  segment?: readonly string[];
  tag?: readonly string[];
  status?: readonly string[];
  assigned?: readonly string[];
  story?: readonly string[];
}

/** Does the condition hold? Of what is not known it does not. */
export function holdsValue(field: string, value: Value, facts: Facts): boolean {
  if (value.kind === 'number') return isInRange(facts[field as 'reach'], value.range);
  if (value.kind === 'date') {
    const at = facts[field as 'found'];
    if (!at) return false;
    const { from, to } = rangeMoments(value.range, facts.now ?? facts.found ?? at, facts.zone ?? 'UTC');
    return at.getTime() >= from && at.getTime() < to;
  }
  if (field === 'tone' || field === 'intent' || field === 'complaint') return holdsSaid(field, value, facts);
  if (field === 'has' && value.name === 'fault') return facts.hasFault === true;
  return namesOf(field, facts).some((name) => isNamed(field, name, value.name));
}

function isInRange(number: number | null | undefined, { from, to }: NumberRange): boolean {
  if (number === null || number === undefined) return false;
  return (from === null || number >= from) && (to === null || number <= to);
}

/** Of which topic the condition speaks: `null`, of the post, whatever it names. */
export function aboutTopic(
  field: string,
  { name, towards }: Pick<Extract<Value, { kind: 'name' }>, 'name' | 'towards'>,
  subject: string | undefined,
): string | null | undefined {
  const isOfPost = field === 'complaint' || (field === 'intent' && name !== 'complaint');
  return towards ?? (isOfPost ? null : subject);
}

function holdsSaid(
  field: 'tone' | 'intent' | 'complaint',
  value: Extract<Value, { kind: 'name' }>,
  facts: Facts,
): boolean {
  const topic = aboutTopic(field, value, facts.subject);
  if (topic === null) return facts[field as 'intent'] === value.name;
  for (const [key, said] of facts.towards ?? []) {
    if (topic !== undefined && key.toLowerCase() !== topic.toLowerCase()) continue;
    if (isSaid(field, value.name, said, facts)) return true;
  }
  return false;
}

function isSaid(
  field: 'tone' | 'intent' | 'complaint',
  name: string,
  { tone, isComplaint, level }: Towards,
  { intent }: Facts,
): boolean {
  if (field === 'tone') return tone === name;
  if (field === 'complaint') return level === name;
  return name === 'complaint' ? isComplaint : intent === name;
}

function namesOf(field: string, facts: Facts): readonly string[] {
  const known = facts[field as keyof Facts];
  if (typeof known === 'string') return [known];
  return Array.isArray(known) ? (known as readonly string[]) : [];
}

function isNamed(field: string, name: string, asked: string): boolean {
  if (field === 'site') return isAtSite(plainHost(name), plainHost(asked));
  const [lower, wanted] = [name.toLowerCase(), asked.toLowerCase()];
  if (field === 'url' || field === 'link') return lower.includes(wanted);
  return field === 'lang' ? lower.split(/[-_]/)[0] === wanted : lower === wanted;
}

/** Lower case, punycode as letters are not compared, no leading `www.`. */
export function plainHost(host: string): string {
  const lower = host.toLowerCase();
  return (domainToASCII(lower) || lower).replace(/^www\./, '');
}

function isAtSite(host: string, site: string): boolean {
  return host === site || host.endsWith(`.${site}`);
}
