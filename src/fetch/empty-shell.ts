/** More words than this are something to read, whatever else the page is. */
const ENOUGH_TEXT = 500;
/** A page of so many elements without text is no program's shell. */
const MOST_TAGS = 5000;
const NOT_SHOWN = new Set(['script', 'style', 'noscript', 'template', 'head', 'title', 'svg']);
const TAG = /<(\/?)([a-z][a-z0-9-]*)([^>]{0,2000})/giy;
const MOUNT =
  /\b(?:id\s*=\s*["']?(?:app|root|main-app|app-root|react-root|__next|__nuxt|___gatsby|q-app|svelte|ember-app|mount)\b["']?|ng-app\b|data-reactroot\b|data-server-rendered\b)/i;
const LOADING =
  /^\W*(?:loading|please wait|загрузка|загружается|подождите|идёт загрузка|завантаження)[\s\S]{0,30}$/i;
const WANTS_SCRIPT = /javascript|java script|джаваскрипт|скрипт/i;
const MOVES_ON =
  /<meta[^>]{0,100}http-equiv\s*=\s*["']?refresh|<frameset\b|location\s*(?:\.href\s*)?=[^=]|location\.(?:replace|assign)\(/i;
/** JSON-LD and other data are no programs. */
const DATA_SCRIPT = /type\s*=\s*["']?(?:application\/(?:ld\+)?json|text\/template|speculationrules)/i;

interface Sight {
  text: string;
  hasProgram: boolean;
  hasMount: boolean;
  noscript: string;
  /** Pictures, frames and forms are content that has no words. */
  hasWordless: boolean;
}

/** Where `mark` comes next; one that is known not to come any more is not looked for again. */
function find(html: string, mark: string, from: number, absent: Set<string>): number {
  const found = absent.has(mark) ? -1 : html.indexOf(mark, from);
  if (found === -1) absent.add(mark);
  return found;
}

/** Where the content of an element that is not shown ends; without an end tag only programs hide the rest. */
function endOf(lower: string, name: string, from: number, absent: Set<string>): number {
  const end = find(lower, `</${name}`, from, absent);
  if (end !== -1) return end;
  return name === 'script' || name === 'style' ? lower.length : from;
}

function noteTag(sight: Sight, name: string, attributes: string): void {
  sight.hasMount ||= MOUNT.test(attributes) || name === 'app-root';
  sight.hasProgram ||= name === 'script' && !DATA_SCRIPT.test(attributes);
  sight.hasWordless ||= name === 'img' || name === 'iframe' || name === 'form' || name === 'video';
}

/** One pass that stops as soon as there is enough to read: ordinary pages are through after their first lines. */
function look(html: string): Sight {
  const sight: Sight = { text: '', hasProgram: false, hasMount: false, noscript: '', hasWordless: false };
  const lower = html.toLowerCase();
  const absent = new Set<string>();
  let at = 0;
  for (let steps = 0; at < html.length && steps < MOST_TAGS && sight.text.length < ENOUGH_TEXT; steps++) {
    const open = html.indexOf('<', at);
    const shown = html.slice(at, open === -1 ? html.length : open).trim();
    if (shown !== '') sight.text += `${shown.slice(0, ENOUGH_TEXT)} `;
    if (open === -1) break;
    TAG.lastIndex = open;
    const [whole, closing, tag = '', attributes = ''] = TAG.exec(html) ?? [];
    const close = find(html, html.startsWith('<!--', open) ? '-->' : '>', open, absent);
    at = close === -1 ? open + 1 : close + 1;
    if (whole === undefined || closing !== '') continue;
    const name = tag.toLowerCase();
    noteTag(sight, name, attributes);
    if (!NOT_SHOWN.has(name)) continue;
    const end = endOf(lower, name, at, absent);
    const hidden = html.slice(at, end);
    if (name === 'noscript') sight.noscript += hidden.slice(0, 1000);
    // Programs stand in the head more often than not.
    if (name === 'head') sight.hasProgram ||= /<script\b[^>]*\bsrc\s*=/i.test(hidden.slice(0, 200_000));
    at = end;
  }
  return sight;
}

/** Has the program of a shell not written anything yet? */
export function isUnfilled(shell: string, shown: string): boolean {
  if (!isEmptyShell(shown)) return false;
  const words = look(shown).text.trim();
  return LOADING.test(words) || words === look(shell).text.trim();
}

/**
 * Is this a page that shows nothing until its scripts have run? Short honest pages and pages that only send the reader on
 * are none. Cheap: no tree is built, and a page with text is left after its first {@link ENOUGH_TEXT} characters.
 */
export function isEmptyShell(html: string): boolean {
  const { text, hasProgram, hasMount, noscript, hasWordless } = look(html);
  if (!hasProgram || text.length >= ENOUGH_TEXT) return false;
  const words = text.trim();
  if (words.length < 200 && MOVES_ON.test(html.slice(0, 20_000))) return false;
  const asksForScript = WANTS_SCRIPT.test(noscript);
  if (LOADING.test(words)) return true;
  if (words === '') return hasMount || asksForScript || !hasWordless;
  if (words.length < 60) return hasMount || asksForScript;
  return hasMount && asksForScript;
}
