import { foldWord } from '../lib/fold.ts';

/**
 * Beginnings of words about health, religion, politics, descent, trade unions, and sexual life (GDPR, article 9; Russian law 152-FZ, article 10). Of a
 * thing with such a word nothing is inferred: better too many than one too few.
 */
const RUSSIAN = `
лекарств медикамент таблет пилюл микстур инсулин глюкометр тонометр ингалятор небулайзер антидепресс антибиот обезбол снотворн успокоительн
витамин бад$ бады$ беремен диабет онкол вич спид гепатит психотерап психиатр нарколог наркот протез ортопед ортез бандаж слухов костыл
инвалид урологич медицинск медтехник аптек аптеч мазь мази суппозитор шприц анализ диагност
лечеб лечен терапи стоматолог имплант похуд анорекс аллерг астм гипертон контрацепт презерватив
икон(?:а|ы|у|ой|е|ам|ами|остас)?$ молит церков храм мечет синагог коран библи евангел псалт тора$ торы$ православ католи мусульман ислам иуде будди крестик
нательн просвир халял кошер намаз хиджаб четки ладан лампад религи вероисповед пасхальн рамадан
полити партийн выборы депутат митинг оппозиц коммунис либерал монархис революц агитац предвыборн профсоюз
национальност этнич цыган еврей еврейск татар чечен кавказ узбек таджик армян азербайдж расов
секс эрот интим вибратор лубрикант гей$ геи$ лесби лгбт трансген гомосекс фетиш порно`;
const ENGLISH = `
medic drug pill$ pills$ pharmac insulin glucomet glucose blood inhaler nebuli antidepress antibiot painkill vitamin supplement pregnan
diabet oncolog cancer hiv aids hepatit psychother psychiat prosthe orthop hearing crutch wheelchair disab incontin ointment syringe diagnos
therap dental implant slimming allerg asthma hypertens contracept condom
icon$ icons$ prayer church mosque synagog quran koran bible gospel psalt torah orthodox catholic muslim islam jew$ jews$ jewish judai buddh rosary crucifix
halal kosher hijab incense religi ramadan easter
politic party$ election campaign rally opposition communis liberal conservativ republican democrat union$ unions$
ethnic nationalit gypsy roma$ tatar chechen caucas uzbek tajik armenian azerbai racial race$
sex erotic intimate vibrator lubricant gay$ lesb lgbt transgend homosex fetish porn`;

const BEGINNINGS = [RUSSIAN, ENGLISH].flatMap((words) => words.trim().split(/\s+/));
const SENSITIVE = new RegExp(`^(?:${BEGINNINGS.join('|')})`, 'u');
/** Words that together say what neither says alone. */
const TOGETHER =
  /тест\S*\s+(?:на|для)\s+\S*берем|инвалидн|слухов\S*\s+аппарат|контактн\S*\s+линз|для\s+(?:диабет|сердц|давлен|сустав|печен|почек)|weight\s+loss|contact\s+lens|blood\s+pressure|sleeping\s+pill|for\s+(?:diabet|joints|heart)/u;

/** Does a thing's name tell what the law guards most? */
export function isSensitive(name: string): boolean {
  const folded = foldWord(name);
  return TOGETHER.test(folded) || (folded.match(/[\p{L}]+/gu) ?? []).some((word) => SENSITIVE.test(word));
}
