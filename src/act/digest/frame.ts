import { html, Markup, safeHref } from '../../lib/html.ts';
import type { SentimentLabel } from '../../model/tag.ts';
import type { Wording } from './wording.ts';

/** Mail clients drop style sheets, so every element carries its own; the classes only serve dark mode. */
export const INK = 'color:#1d2126;';
export const MUTED = 'color:#5b6370;';
export const LINK = 'color:#1f5fa8;';
const RULE = 'border-top:1px solid #e3e5e8;';
const FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;";

const DARK = new Markup(`<style>
@media (prefers-color-scheme: dark) {
  .bg { background-color: #14161a !important; }
  .card { background-color: #1e2126 !important; }
  .ink { color: #eceef1 !important; }
  .muted { color: #a9b0bb !important; }
  .rule { border-color: #363b43 !important; }
  .band { border-color: #a9b0bb !important; }
  .link { color: #8fbdf2 !important; }
  .solid { background-color: #eceef1 !important; color: #14161a !important; border-color: #eceef1 !important; }
  .now { background-color: #8fbdf2 !important; color: #14161a !important; }
  .usual { background-color: #3b4a5e !important; color: #eceef1 !important; }
  .negative { background-color: #f08a68 !important; color: #14161a !important; }
  .neutral { background-color: #a9b0bb !important; color: #14161a !important; }
  .positive { background-color: #4fc3a8 !important; color: #14161a !important; }
  .unsure { background-color: #b79ae8 !important; color: #14161a !important; }
}
@media print {
  .bg { background-color: #ffffff !important; }
  .negative, .neutral, .positive, .unsure, .now, .usual { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .noprint { display: none !important; }
  tr { break-inside: avoid; }
}
</style>`);

/** Told apart with any kind of colour sight, and dark enough for the white numbers inside. */
export const TONE_FILLS: Record<SentimentLabel, string> = {
  negative: '#b5401f',
  neutral: '#6b7280',
  positive: '#007a63',
  unsure: '#7553b0',
};

export interface FrameFacts {
  title: string;
  /** From when to when. */
  when: string;
  dashboardUrl: string;
  zone: string;
  /** Paragraphs at the end: why one gets this, how to stop it. */
  foot: Markup[];
  /** Words of the button that leads there. */
  open: string;
}

/** Word's engine, by which Outlook for Windows draws, knows no `max-width`. */
const OUTLOOK_BEGIN = new Markup(
  '<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->',
);
const OUTLOOK_END = new Markup('<!--[if mso]></td></tr></table><![endif]-->');

/** The whole mail around its sections. `summary` is what mail lists show after the subject. */
export function frame(facts: FrameFacts, words: Wording, summary: string, sections: Markup[]): string {
  const document = html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${facts.title}</title>
${DARK}
</head>
<body class="bg" bgcolor="#f3f4f5" style="margin:0;padding:0;background-color:#f3f4f5;-webkit-text-size-adjust:100%;">
<div style="display:none;max-height:0;overflow:hidden;opacity:0;">${summary}</div>
<table role="presentation" class="bg" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f3f4f5;">
<tr><td align="center" style="padding:12px 8px;">
${OUTLOOK_BEGIN}
<table role="presentation" class="card" bgcolor="#ffffff" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background-color:#ffffff;border-radius:6px;${FONT}font-size:15px;line-height:22px;">
${head(facts, words)}
${sections}
${foot(facts, words)}
</table>
${OUTLOOK_END}
</td></tr>
</table>
</body>
</html>
`;
  return document.value;
}

function head({ title, when }: FrameFacts, words: Wording): Markup {
  return html`<tr><td class="ink" style="padding:20px 16px 12px;text-align:left;${INK}">
<p class="muted" style="margin:0;font-size:13px;line-height:18px;${MUTED}">${words.say('product')} · ${when}</p>
<h1 class="ink" style="margin:2px 0 0;font-size:22px;line-height:28px;font-weight:600;${INK}">${title}</h1>
</td></tr>`;
}

/** A titled block; `count` stands beside the title when there is something to count. */
export function section(title: string, count: string | null, rows: Markup[]): Markup {
  return html`<tr><td class="rule" style="padding:16px 16px 12px;text-align:left;${RULE}">
<h2 class="ink" style="margin:0 0 10px;font-size:16px;line-height:22px;font-weight:600;${INK}">${title}${count !== null && html` <span class="muted" style="font-weight:400;${MUTED}">${count}</span>`}</h2>
${rows}
</td></tr>`;
}

export function paragraph(text: string | Markup): Markup {
  return html`<p class="ink" style="margin:0 0 8px;${INK}">${text}</p>`;
}

export function note(text: string | Markup): Markup {
  return html`<p class="muted" style="margin:0 0 8px;font-size:13px;line-height:18px;${MUTED}">${text}</p>`;
}

export function link(url: string, text: string): Markup {
  return html`<a class="link" href="${safeHref(url)}" style="${LINK}">${text}</a>`;
}

/** Words from outside: their own direction stays inside them. */
export function foreign(text: string): Markup {
  return html`<span dir="auto" style="word-break:break-word;">${text}</span>`;
}

function foot({ dashboardUrl, zone, open, foot: paragraphs }: FrameFacts, words: Wording): Markup {
  return html`<tr><td class="rule noprint" style="padding:16px;text-align:left;${RULE}">
<p style="margin:0 0 12px;"><a class="solid" href="${safeHref(dashboardUrl)}" style="display:inline-block;padding:12px 16px;background-color:#1d2126;color:#ffffff;border-radius:4px;text-decoration:none;font-size:15px;line-height:20px;">${open}</a></p>
${note(html`${words.say('zone', { zone })}.`)}
${paragraphs.map(note)}
</td></tr>`;
}
