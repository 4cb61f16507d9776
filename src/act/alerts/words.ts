import { withoutPrivate } from '../../lib/private/mask.ts';
import type { AlertWords, Incident } from '../../model/alert.ts';
import type { Language } from '../../model/user.ts';
import type { IncidentNames } from '../../store/alert-incidents.ts';
import { oneLine } from '../digest/excerpt.ts';
import { posts } from './kind.ts';
import { findKind } from './kinds/registry.ts';

const NAME = 80;
const HEADING = 100;
const EXCERPT = 280;

const TEXTS = {
  rule: { ru: 'Сработало правило, {topic}', en: 'A rule has fired, {topic}' },
  soFar: { ru: 'Всего {posts} с {at}', en: '{posts} since {at}' },
  since: { ru: 'Замечено {at}', en: 'Noticed at {at}' },
  taken: { ru: 'Занимается {who}', en: 'Taken by {who}' },
  ended: { ru: 'Закончилось {at}', en: 'Over since {at}' },
  escalated: { ru: 'Никто не ответил', en: 'Nobody has answered' },
  open: { ru: 'Открыть в Молве', en: 'Open in Molva' },
  example: { ru: 'Пост', en: 'A post' },
  held: { ru: 'Накопилось за это время', en: 'Meanwhile' },
  take: { ru: 'Я займусь', en: 'I take it' },
  why: { ru: 'Вы названы в оповещении «{name}»: {link}', en: 'The alert “{name}” names you: {link}' },
} as const satisfies Record<string, Record<Language, string>>;

export function sayAlert(
  language: Language,
  word: keyof typeof TEXTS,
  values: Record<string, string> = {},
): string {
  return TEXTS[word][language].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** A stranger's words in one line: no address in them becomes a link, no name calls anybody. */
export function foreign(text: string, length: number): string {
  return oneLine(withoutPrivate(text), length)
    .replace(/:\/\//g, ': //')
    .replace(/@(?=\p{L})/gu, '@\u200b');
}

export function headingOf({ title, text }: Pick<IncidentNames, 'title' | 'text'>): string {
  return foreign(title || text, HEADING);
}

export function clock(at: Date, language: Language, zone: string): string {
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at);
}

export interface Said {
  incident: Incident;
  names: IncidentNames;
  /** Of the alert, IANA. */
  zone: string;
}

/** One line: what happened. */
export function titleOf({ incident, names }: Pick<Said, 'incident' | 'names'>, language: Language): string {
  const shown = {
    topic: oneLine(names.topic, NAME),
    story: headingOf(names),
    source: oneLine(names.source, NAME),
  };
  const kind = findKind(incident.kind);
  return kind ? kind.title(incident.facts, shown, language) : sayAlert(language, 'rule', shown);
}

/** An incident in words, as it stands now. */
export function wordsOf(said: Said, language: Language, dashboardUrl: string): AlertWords {
  const { incident, names, zone } = said;
  const at = clock(incident.openedAt, language, zone);
  const counted = { posts: posts(incident.count, language), at };
  const lines = [
    incident.count > 0 ? sayAlert(language, 'soFar', counted) : sayAlert(language, 'since', { at }),
    incident.escalatedAt && !incident.acknowledgedAt ? sayAlert(language, 'escalated') : '',
    incident.acknowledgedBy ? sayAlert(language, 'taken', { who: incident.acknowledgedBy }) : '',
    incident.endedAt ? sayAlert(language, 'ended', { at: clock(incident.endedAt, language, zone) }) : '',
    names.title ? foreign(names.text, EXCERPT) : '',
  ];
  const links: [string, string][] = [
    [`${dashboardUrl}/alerts/incidents/${incident.id}`, sayAlert(language, 'open')],
    ...(names.document === null
      ? []
      : [[`${dashboardUrl}/mentions/${names.document}`, sayAlert(language, 'example')] as [string, string]]),
  ];
  return { title: titleOf(said, language), lines: lines.filter(Boolean), links };
}

/** Several that were held back, as one. */
export function wordsOfMany(all: readonly Said[], language: Language, dashboardUrl: string): AlertWords {
  return {
    title: `${sayAlert(language, 'held')}: ${all.length}`,
    lines: [],
    links: all.map((said) => [
      `${dashboardUrl}/alerts/incidents/${said.incident.id}`,
      `${titleOf(said, language)} (${clock(said.incident.openedAt, language, said.zone)})`,
    ]),
  };
}
