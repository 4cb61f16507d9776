import { type DateContext, readDate } from '../dates.ts';
import type { TreeElement } from '../page-tree.ts';
import { descendants, lineOf, NO_NODES, type NodeSet } from './tree-text.ts';

const HAS_TIME = /\d{1,2}:\d{2}/;
/** What stands before a date: "Posted", «Отправлено», "by", bullets. */
const LEADING =
  /^(?:posted|published|created|sent|joined|asked|answered|replied|commented|edited|modified|written|отправлено|добавлено|опубликовано|написано|создано|размещено|ответил[аи]?|дата|date|on|от|at|в|:|-|–|—|,|»|#\d+)(?=[\s:,.]|$)[\s:,]*/i;

function stripLeading(text: string): string {
  let left = text;
  for (let round = 0; round < 4; round += 1) left = left.replace(LEADING, '');
  return left;
}

/** Parts of a line in which a date may stand alone: behind » or |, between brackets, after "on" or «от». */
function partsOf(line: string): string[] {
  const tail = line.slice(Math.max(line.lastIndexOf('»'), line.lastIndexOf('•')) + 1).trim();
  const cut = line.split(/\s[|·]\s|[;()\n]|\s(?:on|от|by|at the)\s/i).map((part) => part.trim());
  return [...new Set([tail, line, ...cut].map(stripLeading))].filter(
    (part) => part.length > 2 && part.length <= 90,
  );
}

const DATE_SIGN = /\d|сегодня|вчера|только что|today|yesterday|just now|moment ago/i;

/** A date in a short line of a page; undefined when none can be read. */
export function dateIn(line: string, dates: DateContext): Date | undefined {
  for (const part of partsOf(line.slice(0, 300))) {
    const date = DATE_SIGN.test(part) ? readDate(part, dates) : undefined;
    if (date) return date;
  }
  return undefined;
}

/** Seconds or milliseconds since 1970. */
function fromEpoch(value: string | undefined, { now }: DateContext): Date | undefined {
  if (value === undefined || !/^\d{9,13}$/.test(value)) return undefined;
  const date = new Date(Number(value) * (value.length > 11 ? 1 : 1000));
  return date.getTime() > now.getTime() + 2 * 86_400_000 ? undefined : date;
}

interface Stamps {
  machine: string[];
  titles: string[];
}

function collect(element: TreeElement, leaveOut: NodeSet): Stamps {
  const found: Stamps = { machine: [], titles: [] };
  for (const at of [element, ...descendants(element, leaveOut)]) {
    const { datetime, content, title, 'data-original-title': original } = at.attribs;
    found.machine.push(
      ...([datetime, content].filter((text) => text !== undefined && /\d{4}/.test(text)) as string[]),
    );
    found.titles.push(
      ...([title, original].filter((text) => text !== undefined && /\d/.test(text)) as string[]),
    );
  }
  return found;
}

function epochOf(element: TreeElement, dates: DateContext): Date | undefined {
  for (const at of [element, ...descendants(element)]) {
    const date = fromEpoch(
      at.attribs['data-time'] ?? at.attribs['data-timestamp'] ?? at.attribs['data-epoch'],
      dates,
    );
    if (date) return date;
  }
  return undefined;
}

/**
 * The date that an element carries: what is written for machines first, then titles and text that tell the time of day,
 * then whatever can be read.
 */
export function readStamp(
  element: TreeElement,
  dates: DateContext,
  leaveOut: NodeSet = NO_NODES,
): Date | undefined {
  const { machine, titles } = collect(element, leaveOut);
  const line = lineOf(element, leaveOut);
  const exact = machine.filter((text) => HAS_TIME.test(text)).map((text) => readDate(text.trim(), dates));
  const found = exact.find((date) => date !== undefined) ?? epochOf(element, dates);
  if (found) return found;
  const texts = [
    ...titles.filter((text) => HAS_TIME.test(text)),
    ...(HAS_TIME.test(line) ? [line] : []),
    line,
    ...machine,
    ...titles,
  ];
  for (const text of texts) {
    const date = dateIn(text, dates);
    if (date) return date;
  }
  return undefined;
}
