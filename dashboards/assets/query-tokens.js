/**
 * Cuts a query into coloured pieces while it is typed. What its words are comes from the server (`words`, of the tables that the
 * parser reads); the parser itself says what is wrong. That both agree is checked by a test on generated queries.
 */
const BLANK = /\s+/y;
const COMMENT = /\/\*[\s\S]*?\*\//y;
const RUN = /(?:https?:\/\/[^\s()"|]+)|(?:(?!\/\*)[^\s()"“”„«»|:<>=~])+/y;
const VALUE = /[^\s()"|]+/y;
const SLACK = /~\d{0,3}/y;
const FIELD = /([\p{L}_]+)(?:\([^()\s"]{1,64}\))?:(?!\/\/)/uy;
const COMPARED = /([a-z]+)(?=[<>]=?|=)/y;
const SEPARATOR = /OR(?=[\s("])|\|/y;
const CLOSING = { '"': '"', '“': '”', '„': '“”', '«': '»' };

function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** End of what is quoted from `at` on; -1 when the quotation mark is never closed. */
function quotedEnd(text, at) {
  const closing = CLOSING[text[at]];
  for (let end = at + 1; end < text.length; end += 1) if (closing.includes(text[end])) return end + 1;
  return -1;
}

function patternOf({ name, takesDistance }, isAlone) {
  const words = name.replace(/ /g, '\\s+');
  const distance = takesDistance ? '(?:\\/\\d{0,6})?' : '';
  return isAlone ? `${words}${distance}` : `(?:${words}${distance})(?![^\\s()])`;
}

/** Words of the language, made ready for reading. */
function prepare(words) {
  const single = words.operators.filter(({ name }) => !name.includes(' ')).map((one) => patternOf(one, true));
  const several = words.operators
    .filter(({ name }) => name.includes(' '))
    .map((one) => patternOf(one, false));
  return {
    fields: new Map(words.fields.map((field) => [field.name, field])),
    operator: new RegExp(`^(?:${single.join('|')})$`),
    operatorOfSeveral: new RegExp(several.length > 0 ? several.join('|') : '(?!)', 'y'),
  };
}

/** One more piece, up to `end`. */
function put(cut, end, kind, field) {
  if (end > cut.at)
    cut.pieces.push(field ? { start: cut.at, end, kind, field } : { start: cut.at, end, kind });
  cut.at = end;
}

function skipBlank(cut, field) {
  const { text } = cut;
  for (;;) {
    const blank = matchAt(BLANK, text, cut.at);
    if (blank) cut.at += blank[0].length;
    const comment = matchAt(COMMENT, text, cut.at);
    if (comment) put(cut, cut.at + comment[0].length, 'comment', field);
    else if (text.startsWith('/*', cut.at)) put(cut, text.length, 'wrong');
    else if (!blank) return;
  }
}

/** Of a value or an exact word: in quotes or up to the next blank. The name of a saved query is completed before it is closed. */
function putValue(cut, from, kind, field) {
  const { text } = cut;
  if (CLOSING[text[from]] === undefined)
    return put(cut, from + (matchAt(VALUE, text, from)?.[0].length ?? 0), kind, field);
  const end = quotedEnd(text, from);
  if (end < 0) put(cut, text.length, field === 'saved' ? kind : 'wrong', field);
  else put(cut, end, kind, field);
}

function putValues(cut, field) {
  if (cut.text[cut.at] !== '(' || field === 'saved') return putValue(cut, cut.at, 'value', field);
  put(cut, cut.at + 1, 'bracket', field);
  for (;;) {
    skipBlank(cut, field);
    const before = cut.at;
    const separator = matchAt(SEPARATOR, cut.text, cut.at);
    if (separator) put(cut, cut.at + separator[0].length, 'operator', field);
    else if (cut.text[cut.at] === ')') return put(cut, cut.at + 1, 'bracket');
    else putValue(cut, cut.at, 'value', field);
    if (cut.at === before) return;
  }
}

function putField(cut, { fields }) {
  const { text, at } = cut;
  const compared = fields.get(matchAt(COMPARED, text, at)?.[1]);
  if (compared?.takes === 'number' || compared?.takes === 'date') {
    put(cut, at + compared.name.length, 'field', compared.name);
    putValues(cut, compared.name);
    return true;
  }
  const match = matchAt(FIELD, text, at);
  if (!match) return false;
  const field = fields.get(match[1].toLowerCase());
  put(cut, at + match[0].length, field ? 'field' : 'wrong', field?.name);
  if (field && field.takes !== 'words') putValues(cut, field.name);
  return true;
}

function putPhrase(cut) {
  const end = quotedEnd(cut.text, cut.at);
  if (end < 0) return put(cut, cut.text.length, 'wrong');
  put(cut, end + (matchAt(SLACK, cut.text, end)?.[0].length ?? 0), 'phrase');
}

function putRun(cut, { operator }) {
  const { text, at } = cut;
  const run = matchAt(RUN, text, at)?.[0];
  if (run === undefined) return put(cut, at + 1, 'wrong');
  if (operator.test(run)) return put(cut, at + run.length, 'operator');
  if (run.includes('*')) return put(cut, at + run.length, 'prefix');
  const errors = matchAt(SLACK, text, at + run.length);
  if (errors) return put(cut, at + run.length + errors[0].length, 'typo');
  put(cut, at + run.length, 'word');
}

function putNext(cut, language) {
  const { text, at } = cut;
  const char = text[at];
  const several = matchAt(language.operatorOfSeveral, text, at);
  if (char === '(' || char === ')') put(cut, at + 1, 'bracket');
  else if (several) put(cut, at + several[0].length, 'operator');
  else if (char === '|' || (char === '-' && /[^\s)|]/.test(text[at + 1] ?? ' ')))
    put(cut, at + 1, 'operator');
  else if (char === '=') putValue(cut, at + 1, 'exact');
  else if (CLOSING[char] !== undefined) putPhrase(cut);
  else if (!putField(cut, language)) putRun(cut, language);
}

/** `words`: as `/topics/language/words` gives them. Returns text → pieces `{ start, end, kind, field? }`, in order, apart from each other. */
export function createTokenizer(words) {
  const language = prepare(words);
  return (text) => {
    const cut = { text, at: 0, pieces: [] };
    for (skipBlank(cut); cut.at < text.length; skipBlank(cut)) putNext(cut, language);
    return cut.pieces;
  };
}
