import type { DigestData, RenderedDigest } from './data.ts';
import { htmlPart } from './html-part.ts';
import { summaryOf } from './shape.ts';
import { textPart } from './text-part.ts';
import { wordingFor } from './wording.ts';

/** Pure: the same data give the same mail. Texts from outside are cut and escaped here; the subject holds none of them. */
export function renderDigest(data: DigestData): RenderedDigest {
  const words = wordingFor(data.recipient.language, data.recipient.zone);
  const subject = words.say('subjectDay', { day: words.day(data.period.to), what: summaryOf(data, words) });
  return { subject, html: htmlPart(data, words), text: textPart(data, words) };
}
