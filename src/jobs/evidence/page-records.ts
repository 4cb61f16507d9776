import { PROGRAM } from '../../act/evidence.ts';
import { errorCode, errorMessage, RefusedError } from '../../lib/errors.ts';
import { sha256 } from '../../lib/hash.ts';
import type { Document } from '../../model/document.ts';
import type { EvidenceKind } from '../../model/evidence.ts';
import type { CaseId } from '../../model/ids.ts';
import type { Page, PageOriginal } from '../../model/ports.ts';
import type { Source } from '../../model/source.ts';
import type { NewRecord } from '../../store/evidence-chain.ts';
import { asPacked, packContent } from '../../store/evidence-content.ts';

/** Of what a server may say of itself. */
const MOST_HEADER = 200;
const GONE = new Set(['http-404', 'http-410']);

export interface Scene {
  caseId: CaseId;
  document: Document;
  source: Source | null;
  /** Of these looks: 1 is the first. */
  attempts: number;
  at: Date;
}

function base(
  { caseId, document, at }: Scene,
  kind: EvidenceKind,
  address: string,
): Omit<NewRecord, 'details'> {
  return { caseId, documentId: document.id, kind, at, address };
}

function whatHappened({ source, attempts, document }: Scene): Record<string, unknown> {
  const known = { crawler: source?.kind ?? null, source: source?.key ?? null };
  return { ...known, program: PROGRAM, asked: document.url, attempts };
}

function pictureRecords(scene: Scene, page: Page, { screenshot }: PageOriginal): NewRecord[] {
  if ('why' in screenshot) return [];
  const { png, width, height, pageHeight, browser } = screenshot;
  const details = {
    ...whatHappened(scene),
    content_type: 'image/png',
    browser,
    width,
    height,
    page_height: pageHeight,
  };
  return [{ ...base(scene, 'screenshot', page.url), content: asPacked(png), details }];
}

/** The page as it came, as its programs left it where they ran, and how it looks. */
export async function pageRecords(scene: Scene, page: Page): Promise<NewRecord[]> {
  const { original } = page;
  if (!original) throw new Error('a page was fetched as evidence and came without its original');
  const { screenshot, rendered } = original;
  const details = {
    ...whatHappened(scene),
    status: original.status,
    content_type: original.contentType.slice(0, MOST_HEADER).toWellFormed(),
    charset: rendered === undefined ? page.charset : null,
    screenshot: 'why' in screenshot ? screenshot.why : 'taken',
  };
  const records: NewRecord[] = [
    { ...base(scene, 'page', page.url), content: await packContent(original.bytes), details },
  ];
  if (rendered !== undefined) {
    const content = await packContent(Buffer.from(rendered));
    const type = { content_type: 'text/html; charset=utf-8' };
    records.push({
      ...base(scene, 'rendered', page.url),
      content,
      details: { ...whatHappened(scene), ...type },
    });
  }
  return [...records, ...pictureRecords(scene, page, original)];
}

/** The same without pages, and what was read off them roughly: somebody stands there who was erased. What is the complaining one's alone stays. */
export function withheld(records: readonly NewRecord[]): NewRecord[] {
  return records
    .filter(({ kind }) => kind !== 'rendered' && kind !== 'screenshot')
    .map((record) => {
      if (record.kind !== 'page' && record.details.read !== 'about') return record;
      const { content: _kept, ...rest } = record;
      return { ...rest, details: { ...record.details, withheld: 'erased-person' } };
    });
}

function kindOf(error: unknown): 'gone' | 'refused' | 'failed' {
  if (error instanceof RefusedError) return 'refused';
  return GONE.has(errorCode(error)) ? 'gone' : 'failed';
}

/** Why there is no page. */
export function failureRecord(scene: Scene, error: unknown): NewRecord {
  const code = errorCode(error);
  // Messages of our own errors are written to be shown; others may say anything.
  const message = code === 'unexpected' ? 'The page could not be read.' : errorMessage(error).slice(0, 500);
  const details = { ...whatHappened(scene), code, message: message.toWellFormed() };
  return { ...base(scene, kindOf(error), scene.document.url), details };
}

/** Still there, and the same. */
export function seenRecord(scene: Scene, page: Page): NewRecord {
  const { original } = page;
  const read = original && { status: original.status, page_sha256: sha256(original.bytes) };
  const details = { ...whatHappened(scene), ...read };
  return { ...base(scene, 'seen', page.url), details };
}

/** Another text, read off the page. */
export async function editRecord(
  scene: Scene,
  page: Page,
  { text, isExact }: { text: string | null; isExact: boolean },
): Promise<NewRecord> {
  const content = text === null ? undefined : await packContent(Buffer.from(text.toWellFormed()));
  const details = {
    ...whatHappened(scene),
    by: 'look',
    read: isExact ? 'exact' : 'about',
    title: null,
    revision: scene.document.revision,
    ...(text === null ? {} : { content_type: 'text/plain; charset=utf-8' }),
  };
  return { ...base(scene, 'edit', page.url), content, details };
}
