import { describe, expect, it } from 'vitest';
import { html } from '../../src/lib/html.ts';

describe('markup', () => {
  it('leaves out the indents of the code, and nothing else', () => {
    const inner = html`<b>
        one </b>`;
    const text = 'as\n    it stands';
    const page = html`<ul>
      <li>${inner}</li>
      ${text}
      <pre>smtp:\n  url: x</pre> and
      words
    </ul>`;
    expect(String(page)).toBe(
      '<ul>\n<li><b>\n        one </b></li>\nas\n    it stands\n<pre>smtp:\n  url: x</pre> and\n      words\n</ul>',
    );
  });

  it('escapes what is put into it, in lists too, and leaves out what is none', () => {
    const parts = ['<a>', null, [undefined, false as const, '"&\'']];
    expect(String(html`${parts}|${html`<i>`}|${0}`)).toBe('&lt;a&gt;&quot;&amp;&#39;|<i>|0');
  });
});
