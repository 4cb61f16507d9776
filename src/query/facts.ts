import { domainToASCII } from 'node:url';
import type { Value } from './ast.ts';
import { type NumberRange, rangeMoments } from './ranges.ts';

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
  has?: readonly string[];
  is?: readonly string[];
  reach?: number | null;
  followers?: number | null;
  replies?: number | null;
  published?: Date | null;
  found?: Date | null;
  /** Topic key → tone and intent towards it. */
  towards?: ReadonlyMap<string, { tone: string; intent: readonly string[] }>;
  /** Of which topic `tone:` and `intent:` speak when they name none; without it, of any. */
  subject?: string;
  topic?: readonly string[];
  customer?: readonly string[];
  tier?: readonly string[];
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
  if (field === 'tone' || field === 'intent') return holdsTowards(field, value.name, value.towards, facts);
  return namesOf(field, facts).some((name) => isNamed(field, name, value.name));
}

function isInRange(number: number | null | undefined, { from, to }: NumberRange): boolean {
  if (number === null || number === undefined) return false;
  return (from === null || number >= from) && (to === null || number <= to);
}

function holdsTowards(field: 'tone' | 'intent', name: string, towards: string | null, facts: Facts): boolean {
  const topic = towards ?? facts.subject;
  for (const [key, { tone, intent }] of facts.towards ?? []) {
    if (topic !== undefined && key.toLowerCase() !== topic.toLowerCase()) continue;
    if (field === 'tone' ? tone === name : intent.includes(name)) return true;
  }
  return false;
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
