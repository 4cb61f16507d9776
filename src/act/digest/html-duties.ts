import { html, type Markup } from '../../lib/html.ts';
import type { ActionLinks } from './action-link.ts';
import type { DigestComplaint, DigestData, DigestDuty } from './data.ts';
import { oneLine } from './excerpt.ts';
import { foreign, INK, link, MUTED, note, paragraph, section } from './frame.ts';
import { DIGEST_LIMITS, EXCERPT, NAME, shown, totalDuties, urgencyOf } from './shape.ts';
import type { Wording } from './wording.ts';

/** Severity by fill, not by hue. */
const SEVERITY_STYLES = {
  1: 'background-color:transparent;color:#1d2126;border:1px solid #8b929c;',
  2: 'background-color:#d9dce0;color:#1d2126;border:1px solid #8b929c;',
  3: 'background-color:#1d2126;color:#ffffff;border:1px solid #1d2126;',
} as const;
const SEVERITY_CLASSES = { 1: 'ink', 2: '', 3: 'solid' } as const;
const LATE_STYLE =
  'background-color:#b5401f;color:#ffffff;padding:0 6px;border-radius:3px;line-height:18px;font-weight:600;';

/** A row with a band at its left, like a quotation. */
function banded(content: Markup): Markup {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 14px;"><tr><td class="band" style="border-left:3px solid #1d2126;padding:0 0 0 12px;text-align:left;">${content}</td></tr></table>`;
}

/** What can be said of a post right here; each link asks once more before it does anything. */
export function actionLine(actions: ActionLinks | null, words: Wording): Markup | null {
  if (!actions) return null;
  // A link is one thing to press: it stays on one line.
  const say = (key: 'sayAnswered' | 'sayNotUs' | 'sayTone') => words.say(key).replaceAll(' ', '\u00a0');
  return html`<p class="muted noprint" style="margin:2px 0 0;font-size:13px;line-height:26px;${MUTED}">${words.say('say')}: ${link(actions.answered, say('sayAnswered'))} · ${link(actions['not-us'], say('sayNotUs'))} · ${link(actions.tone, say('sayTone'))}</p>`;
}

function dutyRow(duty: DigestDuty, words: Wording, now: Date): Markup {
  const tier = words.tier(duty);
  const isLate = urgencyOf(duty.dueAt, now) === 'late';
  const due = words.say(isLate ? 'overdue' : 'due', { at: words.time(duty.dueAt) });
  const late = isLate && html`<span class="negative" style="${LATE_STYLE}">${words.say('late')}</span> `;
  const owner =
    duty.owner === null
      ? words.say('nobody')
      : foreign(words.say('owner', { name: oneLine(duty.owner, NAME) }));
  return banded(html`<p class="ink" style="margin:0;${INK}">${late}<strong>${foreign(oneLine(duty.customerName, NAME))}</strong>${tier !== null && html` <span class="muted" style="font-size:13px;${MUTED}">· ${tier}</span>`}</p>
<p class="muted" style="margin:3px 0 6px;font-size:13px;line-height:20px;${MUTED}"><span class="${SEVERITY_CLASSES[duty.severity]}" style="padding:0 6px;border-radius:3px;line-height:18px;${SEVERITY_STYLES[duty.severity]}">${words.severity(duty)}</span> ${words.reason(duty)} · <strong>${due}</strong> · ${words.say('opened', { at: words.time(duty.openedAt) })} · ${owner}</p>
${paragraph(foreign(oneLine(duty.excerpt, EXCERPT)))}
<p style="margin:0;">${link(duty.link, words.say('openCase'))}</p>
${actionLine(duty.actions, words)}`);
}

function complaintRow(complaint: DigestComplaint, words: Wording): Markup {
  return banded(html`<p class="muted" style="margin:0 0 4px;font-size:13px;line-height:18px;${MUTED}">${foreign(oneLine(complaint.author, NAME))} · ${foreign(oneLine(complaint.site, NAME))}</p>
${paragraph(foreign(oneLine(complaint.excerpt, EXCERPT)))}
<p style="margin:0;">${link(complaint.link, words.say('openComplaint'))}</p>
${actionLine(complaint.actions, words)}`);
}

export function dutiesSection(data: DigestData, words: Wording): Markup | null {
  const total = totalDuties(data);
  const { items } = shown(data.duties, DIGEST_LIMITS.duties);
  if (items.length === 0) return null;
  const left = Math.max(0, total - items.length);
  return section(words.say('duties'), words.number(total), [
    note(words.duties(data.dutyCounts)),
    ...items.map((duty) => dutyRow(duty, words, data.period.to)),
    ...(left > 0 ? [note(words.say('more', { count: words.number(left) }))] : []),
  ]);
}

export function complaintsSection(data: DigestData, words: Wording): Markup | null {
  const { items, left } = shown(data.complaints, DIGEST_LIMITS.complaints);
  if (items.length === 0) return null;
  return section(words.say('complaints'), words.number(items.length + left), [
    ...items.map((row) => complaintRow(row, words)),
    ...(left > 0 ? [note(words.say('more', { count: words.number(left) }))] : []),
  ]);
}

export function reviewsSection({ reviews, dashboardUrl }: DigestData, words: Wording): Markup | null {
  if (reviews === 0) return null;
  return section(words.count('reviewCount', reviews), null, [
    html`<p style="margin:0;">${link(`${dashboardUrl.replace(/\/$/, '')}/review`, words.say('openReviews'))}</p>`,
  ]);
}
