import type { EvidenceRecord } from '../model/evidence.ts';
import { readDetails } from './evidence.ts';

const EXTENSIONS: Record<string, string> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'image/png': 'png',
  'application/json': 'json',
  'application/pdf': 'pdf',
};

/** What a file with this content is called behind its dot. What a server says of its own page is believed only among these. */
export function extensionOf(record: EvidenceRecord): string {
  if (record.kind === 'screenshot') return 'png';
  const type =
    String(readDetails(record).content_type ?? '')
      .split(';')[0]
      ?.trim()
      .toLowerCase() ?? '';
  return EXTENSIONS[type] ?? 'bin';
}
