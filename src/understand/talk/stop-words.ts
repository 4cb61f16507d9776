function list(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** Folded English words: the dictionary has none. */
export const ENGLISH_PREPOSITIONS = list(
  'of in on at for with by from to about after before without into over under against during between through',
);
export const ENGLISH_BREAKS = list(
  'and or but if because while when where that which who whom whose what how why than as so though although unless until',
);
export const ENGLISH_LINKS = list(
  'the a an my your his her its our their this these those some any all each every both i you he she it we they me him us them myself ' +
    'is are was were be been being am do does did done doing have has had having will would can could should may might must shall ' +
    "i'm it's you're we're they're that's there's i've we've i'll it'll i'd let's there here just very really too also even still again " +
    'now then already ever always often only quite rather maybe perhaps please well up down out off more most much many such own same other ' +
    'another one two three first last get got getting gets u ur rt via im dont meanwhile instead otherwise',
);

/** End like adverbs and are none. */
export const NO_ADVERBS = list(
  'family supply reply apply july italy ally bully jelly belly assembly anomaly monopoly rely fly butterfly multiply imply comply',
);

/** After these something is denied. */
export const DENIALS = list(
  "не нет нельзя not no never cannot can't cant won't doesn't don't didn't isn't wasn't aren't weren't couldn't wouldn't shouldn't hasn't haven't",
);

/** Lemmas that tell something only beside other words. English ones as the stemmer leaves them. */
export const THIN = list(
  'быть стать мочь хотеть знать думать сказать говорить делать сделать идти пойти иметь являться видеть смотреть понять понимать дать давать взять ' +
    'брать найти любить жить писать написать читать прийти приходить оказаться казаться получиться считать решить начать ждать нравиться помочь ' +
    'ответить отвечать спросить сидеть стоять ходить ехать поехать остаться бывать происходить становиться хватить звать помнить надеяться забыть ' +
    'человек год день раз время час минута неделя месяц сегодня вчера завтра утро вечер ночь дело вещь место вопрос ответ часть сторона случай образ ' +
    'слово конец начало пример вид тема друг ребята господин спасибо пожалуйста привет здравствовать блин черт фига хрен капец лол рубль руб тысяча млн млрд тыс ' +
    'миллион процент штука много мало сколько половина пара россия рф мир жизнь рука глаз голова понедельник вторник среда четверг пятница суббота ' +
    'воскресение воскресенье январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь имя номер ' +
    'go went make made want need know knew think thought say said tell told see saw look come came take took give gave use try like love ' +
    'thing peopl man men woman guy day today yesterdai tomorrow week month year time hour minut wai lot bit good great nice bad best better new ' +
    'old big thank hi hello hei pleas okai ok ye yeah oh lol back keep put let find found seem feel felt ask anyon someon everyon noth someth sai read ' +
    'everyth anyth person world life hand start end happen mean work call monday tuesdai wednesdai thursdai fridai saturdai sundai januari februari ' +
    'march april mai june juli august septemb octob novemb decemb',
);

/** Russian adverbs and their like that add nothing to a verb; «мой», which the dictionary takes for what one does with dishes. */
export const THIN_ADVERBS = list(
  'очень уже еще там тут здесь вот так как где когда всегда никогда иногда просто только теперь сейчас потом опять снова вообще совсем даже тоже ' +
    'также почему зачем куда откуда сегодня вчера завтра сразу почти больше меньше более менее лучше хуже можно нужно надо вместе вдруг именно ' +
    'конечно наверное видимо кстати например пока скоро давно недавно затем поэтому отсюда туда сюда домой весьма довольно слишком абсолютно мой',
);
