/** Words as stems, without ё: data, not logic. A word belongs to the first meaning that has it. */
const stems = (list: string): RegExp =>
  new RegExp(`^(?:${list.trim().replaceAll('*', '\\p{L}*').split(/\s+/).join('|')})$`, 'u');

/** What a word near an identifier says of whose it is. */
export type Cue = 'own' | 'ask' | 'kin' | 'them' | 'who' | 'said' | 'label';

const LISTS: readonly (readonly [Cue, RegExp])[] = [
  /** The writer himself. */
  [
    'own',
    stems(`
      мой моя мое мои моего моей моему моим моею мою моем моих моими мне меня мной мною я мы нам нас нами наш наша наше наши нашего нашей нашу нашем
      жду связи обратной
      my mine me i i'm i'd i've i'll im ive our ours us we we're we've myself`),
  ],
  /** He asks to be called or written to. */
  [
    'ask',
    stems(`
      перезвон* позвоните звоните пишите напишите черкните набер* набирайте свяж* ответьте отвечайте ответа ответить отпишите* стучите* ловите найдете найти найдите обращайтесь кидайте шлите скиньте пришлите присылайте дублируйте
      reach call ring text dm write ping message find reply phone contact* drop`),
  ],
  /** Somebody for whom he may speak. */
  [
    'kin',
    stems(`
      мам* мамочк* мамул* папа папе папу папы папой папин* отца отцу отцом отец матери мать матерью бабушк* бабул* бабк* баб дедушк* дедул* дед деда деду дедом
      сын сына сыну сыном сынов* сынишк* сынок доч* брат брата брату братом братья* братишк* братан* сестр* сестер* сестренк* муж мужа мужу мужья* мужем мужик* жена жене жены жену женой женин* супруг*
      тещ* тесть тестя тестю свекр* свекор зять зятя зятю невестк* золовк* деверь кум кума куму кумом кумовь* тетя тете тетю тети тетей тетк* тетушк* дядя дяде дядю дяди дядей дядьк* племян* внук* внуч* родител* родствен* родн* кузин* кузен* крестн*
      подруг* подруж* друг друга другу другом друзья друзей друзьям дружбан* приятел* товарищ* сосед* знаком* коллег* однокласс* однокурс* сокурс* начальн* шеф* клиент* заказчик* арендатор* жилец жильца жильцу жильц* квартирант* подопечн* пенсионер* старик* старушк* инвалид* бабулечк* ребенк* детям бывш* покойн*
      mother* mom* mum* mam mummy dad* daddy father* gran grann* grandm* grandpa* grandf* grandad* grandparent* nan nana* nan's brother* bro sister* sis son son's sons daughter* husband* hubby wife* wife's spouse missus
      friend* mate mate's mates buddy neighbo* colleague* coworker* co-worker* cousin* uncle* aunt* auntie* niece* nephew* partner* boyfriend* girlfriend* bf bf's gf gf's boss* flatmate* flatmate's roommate* housemate* parent* folks in-law* fianc* pal client* customer's tenant* landlord* buyer* pensioner* elderly late widow* godmother* godfather* stepm* stepd* grandson* granddaughter* ex`),
  ],
  /** Third persons. */
  [
    'them',
    stems(`
      ее его их ей ему им нее него них ней нему ним ними нею
      her hers his him their theirs them she he they`),
  ],
  /** People and papers of whom one tells. */
  [
    'who',
    stems(`
      менеджер* поддержк* оператор* курьер* сотрудни* директор* продав* консультант* специалист* администра* куратор* горяч* колл-центр* коллцентр* кол-центр* служб* офис* отдел* диспетчер* водител* мастер* техник* инженер* рекрутер* бухгалтер* юрист* хозяин* хозяйк* ресепшн* регистратур* роспотребнадзор* прокуратур* полици* приемн*
      мошенни* спамер* спам аферист* жулик* лохотрон* робот* лже* развод* вымогател* хакер* коллектор*
      накладн* чек чека чеке чеку чеки квитанц* этикет* наклейк* ярлык* конверт* визитк* бейдж* вывеск* листовк* анкет* бирк* упаковк* таблиц* база базе баз слив* утечк*
      отзыв* комментар* коммент* комментах выше автор* владел* чуж* посторонн* незнаком* кто-то кого-то кому-то некий некая некто какой-то какая-то каким-то человек* девушк* женщин* мужчин* парен* парн* тип типа чувак* дамочк* предыдущ* прежн*
      сайт* объявлен* реклам* группе канале шапке подвале
      manager* agent agents agent's operator* courier* driver* staff employee* director* clerk* seller* helpline hotline helpdesk desk office* department* rep reps rep's representative* engineer* technician* recruiter* accountant* lawyer* receptionist* regulator* ombudsman police
      scam* fraud* fake spam* phish* crook* bot bots hacker* leaked leak
      label* receipt* invoice* envelope* sticker* router slip card leaflet flyer stranger* someone someone's somebody somebody's anyone's else's owner* author* above review* comment* poster website site advert* guy guy's guys lady woman man bloke previous whoever whose`),
  ],
  /** Verbs by which somebody else gave it. */
  [
    'said',
    stems(`
      звонил звонили звонила звонят названива* представ* притвор* сказал* просят просит просил* велел* посоветовал* дали дал дает дают указал указали указана указан указано указывает назвал* нашел нашла нашли скинул* прислал* перенаправ* увидел* опубликова* слил слили значится принадлежит имя подписан* продиктовал* оставил* сообщил* ответил* переключил* отправил*
      impersonat* pretend* told said tell tells says asked asks advised suggested gave gives given listed lists posted found belongs called calls calling texted named name printed reads claims claiming quoted`),
  ],
  /** What the identifier is called. */
  [
    'label',
    stems(`
      почт* мейл* мыло мейл имейл* email e-mail mail мэйл емейл* эл ящик* адрес* тел телефон* телефончик* номер* номерок ном моб мобильн* мобил* сотов* контакт* whatsapp вотсап* ватсап* вацап* viber вайбер* telegram телеграм* телега тг
      заказ* бронь брони бронирован* order orders order's number no phone* mobile cell cellphone address details id трек* tracking ref reference booking тикет* заявк* обращен* ticket parcel`),
  ],
];

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*|[.!?\n]+/gu;
/** As much of a text before an identifier as may say whose it is. */
export const LOOKED_BACK = 160;

/** Words of a text and the ends of its sentences, in order. */
export const wordsAndEnds = (text: string): string[] => text.match(WORD) ?? [];
export const isSentenceEnd = (word: string): boolean => /^[.!?\n]/.test(word);

const MOST_KNOWN = 20_000;
const known = new Map<string, Cue | null>();

/** null when the word says nothing. */
export function cueOf(word: string): Cue | null {
  const plain = word.toLowerCase().replaceAll('ё', 'е').replaceAll('’', "'");
  const cached = known.get(plain);
  if (cached !== undefined) return cached;
  const cue = LISTS.find(([, words]) => words.test(plain))?.[0] ?? null;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(plain, cue);
  return cue;
}

const words = (list: readonly string[]): RegExp =>
  new RegExp(`(?:^|[^\\p{L}])(?:${list.join('|')})(?=$|[^\\p{L}])`, 'iu');

/** Shops and carriers, and words for other ones. */
export const OTHER_SHOP = words([
  'озон\\p{L}*|ozon\\p{L}*|вайлдбер\\p{L}*|вайлдбериз|wildberries|вб|wb|яндекс[ .-]?(?:маркет|еда|лавк)\\p{L}*|маркетплейс\\p{L}*|али|алик\\p{L}*|али ?экспресс\\p{L}*|ali ?express|мегамаркет\\p{L}*|сбермегамаркет\\p{L}*|ламод\\p{L}*|lamoda|авито|avito|днс|dns|ситилинк\\p{L}*|м\\.?видео|эльдорадо|леруа\\p{L}*|ике[аеуи]|ikea|сдэк\\p{L}*|cdek|боксберри|boxberry|пятерочк\\p{L}*|самокат\\p{L}*|купер\\p{L}*|спортмастер\\p{L}*|детск\\p{L}+ мир\\p{L}*|золот\\p{L}+ яблок\\p{L}*|л[еэ]туаль|каспи|kaspi|joom|temu|тему|shein|шеин\\p{L}*|iherb|айхерб\\p{L}*|читай-город\\p{L}*|лабиринт\\p{L}*|связн\\p{L}+|мтс|билайн\\p{L}*|мегафон\\p{L}*|теле2',
  'amazon\\p{L}*|амазон\\p{L}*|e-?bay|walmart|target|etsy|argos|tesco|best ?buy|costco|asos|zalando|zappos|currys|john lewis|wayfair|alibaba|next|home depot|newegg|allegro|rozetka|розетк\\p{L}*|dpd|ups|fedex|dhl|evri|hermes|royal mail|usps|deliveroo|uber ?eats|doordash|instacart|shopify|overstock',
  'конкурент\\p{L}*|competitor\\p{L}*|rivals?|другом магазине|другого магазина|другой магазин|другая контора|соседнем магазине|соседн\\p{L}+ (?:магазин|аптек|пункт)\\p{L}*|не ваш\\p{L}*|another (?:shop|store|site|company|place|retailer)|other (?:shops?|stores?|site|company|place)|elsewhere|different (?:shop|store|company|site)|где-то ещ[её]|в другом месте|у других',
]);

/** The brand of the post is set against another. */
export const COMPARED = words([
  'а (?:у )?вас|а ваш\\p{L}*|ваш\\p{L}* (?:ещ[её]|до сих)|в отличие|не то что|учитесь|не чета|быстрее,? чем|лучше,? чем|сравни(?:те|вайте|м)?|для сравнения|за час|за день|за сутки|на следующий день',
  'unlike|faster than|quicker than|better than|compared? (?:to|with)|compare|whereas|meanwhile|overnight|same[- ]day|next[- ]day|switched to|while (?:you|yours)',
]);

/** Right after an identifier: it is not the writer's. */
export const DISOWNED =
  /^[^.!?\n]{0,40}?(?:^|[^\p{L}])(?:не мо[йяеёиюя]\p{L}*|не на меня|не знаю (?:кто|чей|ч[её])|не отвечает|не (?:бер[её]т|берут)|попробуйте|(?:ему|ей|им) (?:на)?пи\p{L}+|представ\p{L}+|притвор\p{L}+|чуж\p{L}+|уберите|удалите|заблокируйте|хватит|жалуйтесь|внутри чуж\p{L}+|not mine|isn'?t mine|is not me|not my|no idea whose|no reply|no answer|never answers?|(?:he|she|they) (?:do(?:es)?n'?t|never|did)|pretend\p{L}*|claiming to|posing as|as mine|beware|whoever|has been disconnected|try (?:writing|contacting|him|her|them))(?=$|[^\p{L}])/iu;

/** Before an identifier: it is not the writer's, whatever else is said. */
export const NOT_MINE =
  /(?:^|[^\p{L}])(?:не мо[йяеё]|это не мой|not my|isn'?t my|не наш|чужо\p{L}+|wrong|ошибочн\p{L}*|по ошибке|by mistake)(?:[^\p{L}]+\p{L}+){0,4}[^\p{L}]*$/iu;

/** For whom one writes, wherever it stands before. */
export const FOR_SOMEBODY =
  /(?:^|[^\p{L}])(?:от имени|по просьбе|вместо|пишу за|прошу за|пишу от|помогите|помочь|интересах|представля\p{L}+|доверенност\p{L}+|on behalf of|(?:writing|asking|posting|speaking|chasing|here) (?:this )?(?:for|on)|help|for|represent|attorney for) (?:(?:my|our|a|an|the|mr|mrs|ms|мо\p{L}+|сво\p{L}+|наш\p{L}+) )?(\p{L}+)/giu;
