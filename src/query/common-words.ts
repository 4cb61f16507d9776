/** Words found in almost every text: alone they make no query, and matching is not filed under them. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    'и в во на не с со к ко у о об от до за из по под при про для без над а но или же ли бы то что чтобы как так все он ' +
    'она оно они мы вы ты я это этот эта эти тот та те быть был была были есть нет да уже еще если когда где кто мой ' +
    'наш ваш свой его ее их там тут вот только очень мне меня нас вас вам нам тебя себя который ' +
    'the a an and or of to in on at for with by from is are was were be been it its this that these those i you he she we ' +
    'they my your our their not no do does did have has had as if so but what which who when where how all can will'
  ).split(' '),
);
