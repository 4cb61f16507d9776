/** Markup that has been escaped or was written by us. */
export class Markup {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  toString(): string {
    return this.value;
  }
}

type Part = Markup | string | number | null | undefined | false | readonly Part[];

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Markup) return part.value;
  if (Array.isArray(part)) return part.map(render).join('');
  return escapeHtml(String(part));
}

const tidied = new WeakMap<TemplateStringsArray, readonly string[]>();

/** What stands in the code's lines only to be read there need not travel: a line's indent before a tag or a value. */
function tidy(strings: TemplateStringsArray): readonly string[] {
  const known = tidied.get(strings);
  if (known) return known;
  const short = strings.map((text) => text.replace(/\n +(?=<|$)/g, '\n'));
  tidied.set(strings, short);
  return short;
}

/** Tagged template: everything put into it is escaped, save other `html` results. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(String.raw({ raw: tidy(strings) }, ...parts.map(render)));
}

/** An address from outside, safe in `href`: only http and https, otherwise `#`. */
export function safeHref(url: string): string {
  return /^https?:\/\//i.test(url) ? url : '#';
}
