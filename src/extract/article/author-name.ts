const LEAD =
  /^(?:(?:posted|written|published|story|text|words|article|report(?:ed)?|review(?:ed)?|edited|created|submitted|опубликовано|написал[аи]?)\s+)?(?:by|von|par|por|di|door|av|af|przez|автор(?:ы|а|ка)?(?: (?:текста|статьи|материала|публикации))?|текст|author|autor(?:in)?|auteur|беседовал[аи]?|подготовил[аи]?|записал[аи]?)\b\s*[:：—–-]?\s+/iu;
/** Cyrillic letters are no word characters to `\b`. */
const LEAD_CYRILLIC =
  /^(?:автор(?:ы|а)?(?: (?:текста|статьи|материала|публикации))?|текст|беседовал[аи]?|подготовил[аи]?|записал[аи]?)\s*[:—–-]?\s+/iu;
/** What follows a name: a role, a date, an invitation. */
const TAIL =
  /\s*(?:[|•·/]|\s[—–-]\s|,\s*(?:(?:senior|staff|chief|managing|associate|assistant|deputy|special|contributing|science|tech\w*|politics|business|news|sports?|health|national|political)\s+)?(?:writer|editor|reporter|correspondent|contributor|columnist|journalist|analyst|producer|author|редактор|корреспондент|журналист|обозреватель|автор|redakteur\w*|for |ceo|cto|founder|phd|ph\.d|md\b|m\.d|usa today|associated press|the associated press|cnn|the )|\s(?:on|at|am|um|updated|published|posted|follow|@)\s|\s\d{1,2}[:./]\d|\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\d{4}|\s\((?!.*ph\.?d)).*$/iu;
const NO_NAME =
  /^(?:admin(?:istrator)?|editor(?:s|ial(?: (?:staff|team))?)?|staff|staff (?:writer|reporter|report)|guest(?: (?:author|writer|post))?|author|by|anonymous|user|root|webmaster|none|null|undefined|unknown|redaktion|редакция|the editors|share|follow|comments?|read more|home|news|blog|about(?: us| the author)?|view all posts.*|more (?:from|by).*|\d.*|default|website|contributor|contact|email|subscribe|(?:the )?author|written by|posted by|learn more|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]* \d{1,2})$/iu;

function isName(text: string): boolean {
  if (text.length < 2 || text.length > 90 || !/\p{L}{2}/u.test(text)) return false;
  return !NO_NAME.test(text) && !/https?:|www\.|@\w+\.\w|[{}<>=]|[.!?]\s+\p{Lu}\p{L}+ \p{L}+ /u.test(text);
}

function isAddress(text: string): boolean {
  return /^(?:https?:)?\/\//.test(text) || /^www\./.test(text);
}

/** «By JANE DOE» is Jane Doe. */
function unshout(text: string): string {
  const isShouted = text === text.toUpperCase() && /\p{Lu}{2}.* .*\p{Lu}{2}/u.test(text);
  return isShouted
    ? text.toLowerCase().replace(/(?<=^|[\s'’-])\p{L}/gu, (letter) => letter.toUpperCase())
    : text;
}

/**
 * A person's or organisation's name out of a byline: without "By", roles, dates, addresses and e-mails.
 * Undefined when no name is left.
 */
export function cleanAuthor(text: string | undefined): string | undefined {
  if (text === undefined || isAddress(text.trim())) return undefined;
  const plain = text
    .slice(0, 300)
    .replace(/<[^>]{0,200}>/g, ' ')
    .replace(/\S+@\S+\.\S+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^.{0,30}\b(?:written|posted|published|reviewed) by\b:?\s*/i, '')
    .replace(LEAD, '')
    .replace(LEAD_CYRILLIC, '')
    .replace(TAIL, '')
    .replace(/^[\s,;:|@•·–—-]+|[\s,;:|•·–—-]+$/g, '');
  const name = unshout(plain);
  return isName(name) ? name : undefined;
}

/** Several names as one line, each once: a name within another is the same person. */
export function joinAuthors(names: readonly string[]): string | undefined {
  const each: string[] = [];
  for (const name of names) {
    const isKnown = each.some((known) => known.toLowerCase().includes(name.toLowerCase()));
    if (!isKnown && each.length < 8) each.push(name);
  }
  return each.length === 0 ? undefined : each.join(', ');
}
