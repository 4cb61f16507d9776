import { html, Markup } from '../../src/lib/html.ts';
import type { Language } from '../../src/model/user.ts';
import type { Reply } from '../loopback.ts';

const STYLE = new Markup(`
:root{color-scheme:light dark;--ink:#1d2126;--soft:#5b6370;--line:#dfe2e6;--card:#fff;--ground:#f3f4f5;--link:#1f5fa8}
@media(prefers-color-scheme:dark){:root{--ink:#eceef1;--soft:#a9b0bb;--line:#363b43;--card:#1e2126;--ground:#14161a;--link:#8fbdf2}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/22px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}
main{max-width:820px;margin:0 auto;padding:24px 16px 48px}
h1{font-size:24px;line-height:32px;margin:0 0 4px}
h2{font-size:17px;line-height:24px;margin:0;overflow-wrap:anywhere}
a{color:var(--link)}
p{margin:0 0 8px}
.soft{color:var(--soft);font-size:13px;line-height:20px}
.card{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:16px;margin:16px 0}
.row{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;margin:4px 0 8px}
.tag{border:1px solid var(--soft);border-radius:3px;padding:0 6px;font-size:13px;line-height:20px;white-space:nowrap}
.s2{background:var(--line)}
.s3{background:var(--ink);color:var(--card);border-color:var(--ink)}
blockquote{margin:8px 0 12px;padding:0 0 0 12px;border-left:3px solid var(--ink);white-space:pre-wrap;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:13px/20px ui-monospace,Menlo,Consolas,monospace;margin:8px 0 0}
iframe{width:100%;height:760px;border:1px solid var(--line);border-radius:4px;background:#fff;resize:vertical;margin:12px 0 4px}
summary{cursor:pointer;padding:8px 0;color:var(--link)}
ul.mails{list-style:none;margin:16px 0;padding:0}
ul.mails li{background:var(--card);border:1px solid var(--line);margin-top:-1px;padding:10px 16px;overflow-wrap:anywhere}
`);

/** A page of one of the demo's own screens. It runs no scripts and loads nothing but frames of its own. */
export function screen(
  language: Language,
  title: string,
  content: Markup,
  refreshSeconds: number | null,
): Reply {
  const body = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshSeconds !== null && html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body><main>
${content}
</main></body>
</html>
`.value;
  return {
    type: 'text/html; charset=utf-8',
    body,
    headers: {
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  };
}

export function shortTime(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(at);
}
