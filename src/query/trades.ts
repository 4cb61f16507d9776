import type { Morphology } from '../model/ports.ts';

/** A line of business: how people name it, and what they mention when they speak of such a firm. */
interface Trade {
  names: string;
  words: string;
}

const TRADES: readonly Trade[] = [
  {
    names: 'банк банковский кредитный финансовый микрозайм bank banking credit',
    words:
      'банк карта карточка счёт перевод вклад кредит ипотека банкомат отделение приложение процент комиссия платёж деньги снять ' +
      'перевести долг рассрочка кешбэк ип сбербанк сбер втб альфабанк райффайзен bank card account loan mortgage atm branch transfer deposit interest fee payment',
  },
  {
    names: 'платёжный платёж карта кошелёк payment card wallet',
    words:
      'карта карточка платёж оплата оплатить терминал кошелёк комиссия баланс кешбэк пополнить банк списать card payment pay ' +
      'charge decline terminal balance cashback bank checkout refund',
  },
  {
    names:
      'связь оператор мобильный телеком провайдер интернет сотовый mobile operator carrier telecom network provider',
    words:
      'связь интернет тариф сим симка номер роуминг смс звонок абонент сеть скорость модем подключить роутер гигабайт 3g 4g lte ' +
      'безлимит трафик инет мобильник позвонить пополнить билайн теле2 мегафон мтс ростелеком йота signal network data plan roaming coverage sim phone internet call unlock speed bill',
  },
  {
    names:
      'магазин супермаркет гипермаркет маркет торговый розничный продуктовый аптека салон маркетплейс shop store retailer supermarket market marketplace pharmacy',
    words:
      'магазин касса кассир продукт товар цена скидка ценник чек тележка корзина покупка купить покупатель просрочка акция ' +
      'распродажа возврат продавец очередь заказ доставка промокод полка пакет балл store shop cashier checkout price discount ' +
      'receipt buy order refund return delivery coupon sale',
  },
  {
    names:
      'одежда обувь мода спортивный белье ювелирный часы clothes fashion shoe apparel sportswear boot watch jewellery',
    words:
      'размер ткань шов платье куртка кроссовки джинсы футболка пальто кольцо серьги купить возврат size jeans shoe jacket dress ' +
      'shirt sneaker zipper seam fit wear bag watch strap boot order return',
  },
  {
    names: 'доставка курьерский почта посылка цветы букет логистика delivery courier parcel post flower',
    words:
      'курьер заказ доставка посылка доставить привезти опоздать букет адрес трек пункт выдача получить отправить промокод ' +
      'courier parcel package order deliver delivery tracking late driver address',
  },
  {
    names: 'такси каршеринг прокат самокат taxi ride carsharing scooter cab',
    words:
      'такси водитель машина поездка вызвать маршрут салон приехать заказать самокат цена taxi driver ride fare trip car cancel ' +
      'route pickup app',
  },
  {
    names: 'авиакомпания поезд железный авиа перевозчик автобус airline train railway bus flight',
    words:
      'рейс билет багаж аэропорт самолёт поезд вагон проводник проводница опоздать задержать место вокзал flight luggage seat ' +
      'ticket airport crew train delay cancel boarding gate',
  },
  {
    names:
      'телеканал канал радио радиостанция газета журнал издание медиа сми tv channel radio newspaper magazine media',
    words:
      'эфир репортаж сериал ведущий программа передача показывать выпуск интервью журналист фильм новость телеканал газета ' +
      'подписка слушать смотреть реклама episode show broadcast host report journalist article interview channel watch read editor',
  },
  {
    names:
      'браузер поисковик приложение сайт сервис софт программа портал соцсеть мессенджер browser search app site software service messenger platform website',
    words:
      'браузер поиск приложение сайт страница обновление аккаунт пароль вход логин зависнуть скачать установить кнопка сервер ' +
      'подписка поддержка app site account login password update crash server download install support subscription bug outage',
  },
  {
    names:
      'техника электроника телефон компьютер бытовой завод производитель electronics company computer phone appliance maker manufacturer device',
    words:
      'телефон ноутбук экран батарея зарядка холодильник пылесос гарантия ремонт сервис сломаться модель мастер phone laptop ' +
      'screen battery charger warranty repair support update device refund service broke order product customer',
  },
  {
    names: 'автомобиль машина авто автосалон шины car auto vehicle automobile',
    words:
      'машина автомобиль двигатель дилер салон модель гарантия тормоз ремонт car dealer engine model drive brake warranty recall',
  },
  {
    names: 'азс заправка топливо бензин нефтяной petrol fuel gas oil',
    words: 'заправка бензин топливо колонка литр азс дизель pump fuel gas petrol station litre diesel tank',
  },
  {
    names: 'страховой страхование insurance insurer',
    words:
      'полис страховка осаго каско выплата авария страховой агент policy claim insurance accident payout agent',
  },
  {
    names:
      'ресторан кафе пиццерия кофейня еда бар общепит напиток вода restaurant cafe pizza coffee food sandwich drink',
    words:
      'официант меню блюдо счёт столик кухня вкусный заказ ужин обед кофе пицца бургер бутылка waiter menu meal table cold taste ' +
      'order lunch dinner coffee burger sandwich bottle',
  },
  {
    names:
      'кинотеатр театр клуб каток парк отель гостиница фитнес развлечение cinema theatre hotel gym club park',
    words:
      'билет зал сеанс премьера администратор абонемент тренер бассейн номер заселение бронь ticket hall show membership trainer ' +
      'pool room booking reception',
  },
  {
    names: 'строительный застройщик недвижимость аренда квартира жкх builder estate rent developer housing',
    words:
      'квартира дом застройщик дольщик ремонт аренда залог стройка сдача договор подъезд flat apartment rent landlord deposit ' +
      'builder house contract',
  },
  {
    names: 'клиника больница медицинский стоматология лаборатория clinic hospital medical dentist',
    words:
      'врач приём анализ запись клиника лечение пациент медсестра doctor appointment test clinic treatment patient nurse',
  },
  {
    names: 'школа курс университет сад обучение образование school course university kindergarten education',
    words:
      'учитель воспитатель урок занятие группа преподаватель оплата директор teacher lesson class course tuition student',
  },
  {
    names:
      'косметика мыло шампунь порошок бытовая химия парфюмерия soap shampoo powder cosmetic detergent brand',
    words:
      'крем шампунь запах кожа пятно упаковка состав стирка soap shampoo smell skin stain bottle formula rash laundry detergent',
  },
];

/** What people say of any firm, as its customers. */
const OF_ANY_FIRM =
  'компания фирма клиент заказ сервис поддержка магазин офис отзыв жалоба приложение доставка оплата возврат гарантия директор ' +
  'company customer service support order refund complaint app delivery payment';

/** Words that are likely near a firm of the trades that the description names; those of any firm when it names none. */
export function tradeWords(about: string): string[] {
  const named = wordsOf(about);
  const found = TRADES.filter(({ names }) => {
    const stems = wordsOf(names).map(stemOf);
    return named.some((word) => stems.includes(stemOf(word)));
  });
  const words = found.length > 0 ? found.map((trade) => trade.words).join(' ') : OF_ANY_FIRM;
  return [...new Set([...named.filter((word) => word.length > 2), ...wordsOf(words)])];
}

/** Their lemmas, to compare with lemmas of a text. */
export function tradeLemmas(about: string, morphology: Morphology): ReadonlySet<string> {
  return new Set(tradeWords(about).flatMap((word) => morphology.meant(word)));
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Trades are named in any number and case, «сеть магазинов»: five letters tell them apart well enough. */
function stemOf(word: string): string {
  return word.slice(0, 5);
}
