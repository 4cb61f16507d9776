/** How the cut-off text of a feed ends. */
const CUT_OFF =
  /(?:\[\s*(?:…|\.{3}|&hellip;|\+\d+ (?:chars|знаков))\s*\]|…|\.{3}|\(\s*(?:…|\.{3}|more|далее|ещ[её])\s*\)|(?:read|continue|keep)\s+(?:more|reading|the (?:full|rest|whole)[^.\n]{0,60}|full (?:story|article|post))[^.\n]{0,100}|(?:click|tap) (?:here )?to (?:read|continue)[^.\n]{0,60}|full (?:story|article)|the post .{1,300} (?:first )?appeared first on .{1,200}|читать (?:далее|дальше|полностью|ещ[её]|целиком|статью)[^.\n]{0,100}|подробнее|далее|полный текст|продолжение(?: следует| на сайте)?|узнать больше|weiterlesen|mehr lesen|lire la suite|leer más|seguir leyendo|continua a leggere)\s*(?:[→»>›.…]|&rarr;|&raquo;|\[\s*…\s*\])*\s*$/i;
/** A page longer than this many times what the feed gives has the rest of it. */
const MANY_TIMES = 1.6;
const SHORT_CHARS = 400;

/** Does the text end where a feed cuts texts off: `[…]`, "Read more", «Читать далее»? */
export function isCutOff(text: string): boolean {
  return CUT_OFF.test(text.replace(/\s+/g, ' ').trim().slice(-600));
}

/** Words of markup that full texts have and excerpts have not: several paragraphs, lists, headings. */
function hasStructure(html: string): boolean {
  return (html.match(/<(?:p|h[2-4]|li|blockquote|br)[\s>/]/gi) ?? []).length >= 6;
}

/** Is the text of a feed's entry probably only the beginning, so that the page should be fetched for the rest? */
export function isExcerpt(feedText: string, feedHtml?: string): boolean {
  const text = feedText.trim();
  if (isCutOff(text)) return true;
  if (feedHtml !== undefined && hasStructure(feedHtml) && text.length >= SHORT_CHARS) return false;
  return text.length < SHORT_CHARS && text.split('\n').filter((line) => line !== '').length <= 2;
}

/** Is the page's text the whole of which the feed's is the excerpt? Both plain. */
export function isCompletedBy(feedText: string, pageText: string): boolean {
  const given = feedText.trim().length;
  return pageText.length > given * MANY_TIMES || (isCutOff(feedText) && pageText.length > given);
}
