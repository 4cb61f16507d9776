import iconv from 'iconv-lite';

/** Names that the WHATWG standard reads as another charset, or that iconv-lite does not know by this name. */
const ALIASES: Record<string, string> = {
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'x-unicode20utf8': 'utf-8',
  ascii: 'us-ascii',
  'iso8859-1': 'iso-8859-1',
  iso88591: 'iso-8859-1',
  latin1: 'iso-8859-1',
  'latin-1': 'iso-8859-1',
  l1: 'iso-8859-1',
  cp1252: 'windows-1252',
  cp1251: 'windows-1251',
  'x-cp1251': 'windows-1251',
  'win-1251': 'windows-1251',
  win1251: 'windows-1251',
  'cp-1251': 'windows-1251',
  windows1251: 'windows-1251',
  koi8: 'koi8-r',
  koi8r: 'koi8-r',
  koi: 'koi8-r',
  cp866: 'ibm866',
  'dos-866': 'ibm866',
  '866': 'ibm866',
  'iso8859-5': 'iso-8859-5',
  'iso_8859-5': 'iso-8859-5',
  cyrillic: 'iso-8859-5',
  'mac-cyrillic': 'x-mac-cyrillic',
  maccyrillic: 'x-mac-cyrillic',
  'x-mac-ukrainian': 'x-mac-cyrillic',
  gb2312: 'gb18030',
  'gb_2312-80': 'gb18030',
  'x-gbk': 'gb18030',
  'euc-cn': 'gb18030',
  'x-sjis': 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  'windows-31j': 'shift_jis',
  'x-euc-jp': 'euc-jp',
  'big5-hkscs': 'big5',
  'x-x-big5': 'big5',
  'windows-949': 'euc-kr',
  'iso-8859-8-i': 'iso-8859-8',
  csiso2022jp: 'iso-2022-jp',
  gbk: 'gb18030',
  'ks_c_5601-1987': 'euc-kr',
  unicode: 'utf-16le',
  'utf-16': 'utf-16le',
};

/** iconv-lite's own transformations are no charsets of the web. */
const NO_CHARSET = /^(hex|base64|binary|utf-?7.*|internal|ucs-?2)$/;

/** Names under which the WHATWG standard reads a larger charset. */
const READ_AS: Record<string, string> = {
  'us-ascii': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  'tis-620': 'windows-874',
};

/** iconv-lite's name for a charset of ours. */
export function iconvName(charset: string): string {
  return READ_AS[charset] ?? charset.replace(/^x-/, '');
}

/** The lower-case name of a declared charset, or undefined when there is none by that name. */
function normaliseCharset(label: string | undefined): string | undefined {
  const name = (label ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '')
    .trim();
  if (name === '' || name.length > 40 || NO_CHARSET.test(name)) return undefined;
  const known = ALIASES[name] ?? name;
  return known === 'iso-2022-jp' || iconv.encodingExists(iconvName(known)) ? known : undefined;
}

const HEADER = /charset\s*=\s*("[^"]*"|'[^']*'|[^\s;,]+)/i;
const XML = /^\s*<\?xml[^>]{0,300}?encoding\s*=\s*["']([^"']{1,40})["']/i;
const META = /<meta[^>]{0,500}?charset\s*=\s*["']?\s*([^\s"'/>;]{1,40})/i;
/** HTML asks for the first 1024 bytes; old forum themes put long comments before. */
const HEAD_BYTES = 4096;

export function headerCharset(contentType: string): string | undefined {
  return normaliseCharset(HEADER.exec(contentType)?.[1]);
}

/** What an XML declaration or a `meta` element says. Readable as ASCII, so never UTF-16 (WHATWG: then UTF-8). */
export function inlineCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const named = normaliseCharset(XML.exec(head)?.[1]) ?? normaliseCharset(META.exec(head)?.[1]);
  return named?.startsWith('utf-16') || named?.startsWith('utf-32') ? 'utf-8' : named;
}
