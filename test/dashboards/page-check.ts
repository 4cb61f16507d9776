import { type CheerioAPI, load } from 'cheerio';

/** Every element that our views write. */
const ELEMENTS = new Set(
  (
    'html head meta title link body a nav ul ol li form span button main h1 h2 h3 h4 p table caption thead tbody tfoot tr th td time abbr ins del ' +
    'mark img blockquote svg rect text details summary pre dl dt dd input select option label textarea section article header footer small ' +
    'strong br iframe datalist code div fieldset legend kbd progress figure figcaption line circle dialog path g'
  ).split(' '),
);
const OURS = /^(\/(?!\/)|#|\?|$)/;
const ADDRESSES = ['href', 'src', 'action', 'formaction', 'srcdoc', 'data', 'xlink:href'];

interface Element {
  name: string;
  attribs: Record<string, string>;
  children: readonly unknown[];
}

/** Elements with their attributes; comments and text are left out. */
function elementsOf($: CheerioAPI): Element[] {
  return $('*')
    .toArray()
    .flatMap((node) => ('attribs' in node ? [node] : []));
}

function wrongAddress(name: string, value: string): boolean {
  if (name === 'href') return !OURS.test(value) && !/^https?:\/\//.test(value);
  return !OURS.test(value);
}

function wrongAttributes(tag: string, attributes: Record<string, string>): string[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    if (/^on/i.test(name) || name === 'evil' || name === 'style' || name === 'srcdoc')
      return [`<${tag} ${name}>`];
    return ADDRESSES.includes(name) && wrongAddress(name, value) ? [`<${tag} ${name}="${value}">`] : [];
  });
}

/** Scripts stand in files of ours, never in the page. */
function isOurScript({ name, attribs, children }: Element): boolean {
  return name === 'script' && /^\/assets\/[\w-]+\.js$/.test(attribs.src ?? '') && children.length === 0;
}

/** What in a page is not ours, or could run; empty when all is well. */
export function foreignParts(page: string): string[] {
  const $ = load(page);
  const found = elementsOf($).flatMap((element) => [
    ...(ELEMENTS.has(element.name) || isOurScript(element) ? [] : [`<${element.name}>`]),
    ...wrongAttributes(element.name, element.attribs),
  ]);
  const heads = [
    $('meta').length !== 3 && 'meta',
    $('link').length !== 2 && 'link',
    $('title').not('circle > title, rect > title, svg a > title').length !== 1 && 'title',
  ];
  return [...found, ...heads.filter((name) => name !== false)];
}

/** What a person reads on a page: title, text, and the words in attributes. */
export function wordsOf($: CheerioAPI): string {
  // What the machines said to each other, and the names of time zones, are no wording of ours.
  $('pre, datalist').remove();
  const attributes = ['title', 'aria-label', 'placeholder', 'data-label'];
  const said = elementsOf($).flatMap((element) => attributes.map((name) => element.attribs[name] ?? ''));
  return [$('title').text(), $('body').text(), ...said].join('\n');
}
