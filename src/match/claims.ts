/** Words right before an identifier that say whose it is. Data, not logic: a list per meaning. */
const OWN =
  /(?:^|[^\p{L}])(?:мо[йяиеёю]\p{L}*|мне|меня|мной|я|пишите|напишите|звоните|жду|читаете|прочита\p{L}+|write to|reading this|reads this|my|mine|me|i|reach|mail|email|call|contact)(?=$|[^\p{L}])/iu;
const OTHERS =
  /(?:^|[^\p{L}])(?:подруг\p{L}*|друг\p{L}*|сестр\p{L}*|брат\p{L}*|мам\p{L}*|муж\p{L}*|жен[аыеу]|их|е[её]|его|ей|ему|н[её]й|ним|нему|ваш\p{L}*|магазин\p{L}*|поддержк\p{L}*|менеджер\p{L}*|курьер\p{L}*|his|her|him|them|their|your|friend\p{L}*|support|shop|manager|courier)(?=$|[^\p{L}])/iu;
const WINDOW = 60;

const PHRASE_END = /[,:;()—–]/;

/**
 * True when the words of the clause before the identifier claim it for the author, and the phrase right before it names
 * nobody else: «Поддержка, если читаете: …» calls on somebody, «почта подруги …» tells whose it is.
 */
export function isSelfClaimed(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - WINDOW), start);
  const clause = before.slice(before.search(/[^.!?\n]*$/));
  const phrase =
    clause
      .split(PHRASE_END)
      .filter((part) => part.trim() !== '')
      .at(-1) ?? '';
  return OWN.test(clause) && !OTHERS.test(phrase);
}
