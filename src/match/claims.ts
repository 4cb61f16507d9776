/** Words right before an identifier that say whose it is. Data, not logic: a list per meaning. */
const OWN =
  /(?:^|[^\p{L}])(?:мо[йяиеёю]\p{L}*|мне|меня|мной|я|пишите|звоните|жду|my|mine|me|i|reach|mail|email|call|contact)(?=$|[^\p{L}])/iu;
const OTHERS =
  /(?:^|[^\p{L}])(?:подруг\p{L}*|друг\p{L}*|сестр\p{L}*|брат\p{L}*|мам\p{L}*|муж\p{L}*|жен[аыеу]|их|ваш\p{L}*|магазин\p{L}*|поддержк\p{L}*|менеджер\p{L}*|курьер\p{L}*|his|her|their|your|friend\p{L}*|support|shop|manager|courier)(?=$|[^\p{L}])/iu;
const WINDOW = 60;

/** True when the words before the identifier claim it for the author and name nobody else. */
export function isSelfClaimed(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - WINDOW), start);
  const clause = before.slice(before.search(/[^.!?\n]*$/));
  return OWN.test(clause) && !OTHERS.test(clause);
}
