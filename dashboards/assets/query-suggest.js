/** What could stand where the caret is: fields, their values, operators, names of saved queries. Pure; the words come from the server. */
import { createTokenizer } from './query-tokens.js';

const SHORTEST_FIELD = 2;
/** In the other keyboard layout: shorter ones are the beginning of too many Russian words. Operators are in capitals. */
const SHORTEST_TYPED = { field: 3, operator: 2 };
const RUN = /[\p{L}\p{N}_-]*$/u;
const REST = /^[^\s()"|]*/;

/**
 * `(text, caret, isAsked) → { from, to, items: [{ label, means, insert }] }`, or null when there is nothing to offer.
 * `isAsked`: the person asked for it, so that everything possible is offered before a letter is typed.
 */
export function createSuggester(words) {
  const tokenize = createTokenizer(words);
  const fields = new Map(words.fields.map((field) => [field.name, field]));
  return (text, caret, isAsked = false) => {
    const before = text.slice(0, caret);
    const last = tokenize(before).at(-1);
    if (last?.field) {
      const field = fields.get(last.field);
      const value = valueBefore(before, last);
      if (value !== null) return offerValues(words, field, value, text, caret);
    }
    const isFree = !last || last.end < caret || last.kind === 'bracket';
    const isWord = last?.end === caret && (last.kind === 'word' || last.kind === 'operator');
    if (!isFree && !isWord) return null;
    const typed = isFree ? '' : RUN.exec(before.slice(last.start))[0];
    if (typed === '' && !isAsked) return null;
    return offerWords(words, typed, isAsked, text, caret);
  };
}

/** What is written of the value at the end; null when what follows belongs to the field no more. */
function valueBefore(before, last) {
  if (last.kind === 'value' && last.end === before.length) return before.slice(last.start);
  if (last.kind === 'field') return last.end === before.length ? '' : null;
  return last.kind === 'bracket' || last.kind === 'operator' || last.kind === 'comment' ? '' : null;
}

function answer(from, to, items) {
  return items.length === 0 ? null : { from, to, items };
}

function offerValues(words, field, value, text, caret) {
  const to = caret + REST.exec(text.slice(caret))[0].length;
  const from = caret - value.length;
  if (field.takes === 'saved') {
    const wanted = value.replace(/^["“„«]/, '').toLowerCase();
    // Behind a quotation mark there may be its pair.
    const end = to + (value !== wanted && /^["”»]/.test(text.slice(to)) ? 1 : 0);
    const named = words.saved.filter(({ key, name }) =>
      [key, name].some((one) => one.toLowerCase().includes(wanted)),
    );
    return answer(
      from,
      end,
      named.map(({ key, name }) => ({ label: key, means: name, insert: key })),
    );
  }
  const wanted = value.toLowerCase();
  const isBegun = (word) => word.toLowerCase().startsWith(wanted);
  const choices = field.choices.filter(
    ({ name, means }) => name !== value && (isBegun(name) || (wanted !== '' && isBegun(means))),
  );
  return answer(
    from,
    to,
    choices.map(({ name, means }) => ({ label: name, means, insert: name })),
  );
}

function offerWords(words, typed, isAsked, text, caret) {
  const from = caret - typed.length;
  const next = text[caret] ?? '';
  const operators = words.operators
    .filter(
      (one) =>
        isMeant(one, typed, { plain: 1, other: SHORTEST_TYPED.operator }, isAsked) && one.name !== typed,
    )
    .map((one) => ({
      label: one.name,
      means: one.means,
      insert: /\s/.test(next) ? one.insert : `${one.insert} `,
    }));
  const fields = words.fields
    .filter(
      (one) =>
        one.isOffered && isMeant(one, typed, { plain: SHORTEST_FIELD, other: SHORTEST_TYPED.field }, isAsked),
    )
    .map((one) => ({ label: `${one.name}:`, means: one.means, insert: `${one.name}:` }));
  return answer(from, next === ':' ? caret + 1 : caret, [...operators, ...fields]);
}

function isMeant({ name, typed: inRussian }, typed, shortest, isAsked) {
  if (name.startsWith(typed)) return isAsked || typed.length >= shortest.plain;
  return inRussian.startsWith(typed) && typed.length >= Math.min(shortest.other, name.length);
}
