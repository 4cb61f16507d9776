import { html, type Markup } from '../../src/lib/html.ts';
import type { EvidenceCheck, EvidenceDetails, EvidenceRecord } from '../../src/model/evidence.ts';
import { readDetails } from '../../src/store/evidence.ts';
import type { Viewer } from '../auth/session.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { number } from '../views/format.ts';

/** As people say it. */
export function sizeOf(viewer: Viewer, bytes: number): string {
  return bytes < 1024
    ? viewer.t('evidence.bytes', { n: number(viewer, bytes) })
    : viewer.t('evidence.kilobytes', { n: number(viewer, Math.round(bytes / 1024)) });
}

/** With the second and the zone: evidence is no place for "2 hours ago". */
export function exactWords({ language, zone }: Viewer, at: Date): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', timeZone: zone });
  return format.format(at);
}

export function exactTime(viewer: Viewer, at: Date): Markup {
  return html`<time datetime="${at.toISOString()}">${exactWords(viewer, at)}</time>`;
}

export function hash(text: string): Markup {
  return html`<code class="hash">${text}</code>`;
}

function known(key: string, otherwise: TextKey): TextKey {
  return key in TEXTS ? (key as TextKey) : otherwise;
}

function pictureFact({ t }: Viewer, { screenshot, withheld }: EvidenceDetails): string | null {
  if (typeof screenshot !== 'string' || screenshot === 'taken' || withheld !== undefined) return null;
  return t('evidence.noshot', { why: t(known(`evidence.noshot.${screenshot}`, 'evidence.noshot.other')) });
}

function cutFact(viewer: Viewer, { size, whole_size: whole }: EvidenceDetails): string | null {
  if (typeof whole !== 'number' || typeof size !== 'number') return null;
  return viewer.t('evidence.cut', { kept: sizeOf(viewer, size), whole: sizeOf(viewer, whole) });
}

function heightFact(viewer: Viewer, { height, page_height: whole }: EvidenceDetails): string | null {
  if (typeof whole !== 'number' || typeof height !== 'number' || whole <= height) return null;
  return viewer.t('evidence.height.cut', { height: number(viewer, height), whole: number(viewer, whole) });
}

function noticedFact({ t }: Viewer, { by, read }: EvidenceDetails): string | null {
  if (by !== 'crawler' && by !== 'look') return null;
  return [t(`evidence.by.${by}`), read === 'about' ? t('evidence.read.about') : '']
    .filter(Boolean)
    .join('; ');
}

function erasedFact({ t }: Viewer, { records, why }: EvidenceDetails): string | null {
  if (!Array.isArray(records) || (why !== 'erasure' && why !== 'retention')) return null;
  return t('evidence.erased.records', { records: records.join(', '), why: t(`evidence.why.${why}`) });
}

/** In the reader's language where it is known; the program's own word stands behind it. */
function failureFact({ t }: Viewer, { code, status, attempts }: EvidenceDetails): string | null {
  if (typeof code !== 'string') return typeof status === 'number' ? t('evidence.status', { status }) : null;
  const answered = /^http-(\d{3})$/.exec(code)?.[1];
  const why = answered
    ? t('evidence.status', { status: answered })
    : t(known(`evidence.code.${code}`, 'evidence.code.other'));
  return `${why} (${code}); ${t('evidence.attempts', { n: Number(attempts) })}`;
}

/** What a record says of itself, a sentence each. */
export function factsOf(viewer: Viewer, record: EvidenceRecord): string[] {
  const { t } = viewer;
  if (record.emptiedAt) return [t('evidence.emptied', { at: exactWords(viewer, record.emptiedAt) })];
  const details = readDetails(record);
  const isHold = record.kind === 'hold' || record.kind === 'release';
  return [
    isHold ? t('evidence.reason', { by: String(details.by), reason: String(details.reason) }) : null,
    record.kind === 'text' || isHold ? null : noticedFact(viewer, details),
    record.kind === 'edit' && record.contentSha256 === null && !details.withheld
      ? t('evidence.unread')
      : null,
    details.withheld ? t('evidence.withheld') : null,
    erasedFact(viewer, details),
    failureFact(viewer, details),
    pictureFact(viewer, details),
    cutFact(viewer, details),
    heightFact(viewer, details),
    typeof details.browser === 'string' ? details.browser : null,
    typeof details.program === 'string' ? details.program : null,
  ].filter((fact) => fact !== null);
}

/** What a check found. */
export function renderCheck(
  viewer: Viewer,
  { records, emptied, anchors, head, broken }: EvidenceCheck,
): Markup {
  const { t } = viewer;
  if (broken) {
    const why = t(`evidence.broken.${broken.code}`);
    return html`<p class="error" role="alert">${t('evidence.broken', { seq: broken.seq, why })}</p>`;
  }
  if (!head || records === 0) return html`<p class="note" role="status">${t('evidence.verified.empty')}</p>`;
  const counts = {
    records: number(viewer, records),
    emptied: number(viewer, emptied),
    anchors: number(viewer, anchors),
  };
  return html`<p class="note done hash-note" role="status">${t('evidence.verified', { ...counts, seq: head.seq, sha256: head.sha256 })}</p>`;
}
