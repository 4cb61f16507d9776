import type { Language } from './changes.ts';
import { between, pick, type Writer } from './grammar.ts';

/** Different posts of one form: they look like copies and tell different things. */
export type Form = (writer: Writer, language: Language) => string;

const NAMES = {
  ru: {
    cities: ['Казань', 'Пермь', 'Самара', 'Тула', 'Омск', 'Рязань', 'Псков', 'Уфа', 'Анапа', 'Чита'],
    banks: ['Восход', 'Меридиан', 'Первый Речной', 'Капитель', 'Северный', 'Доверие', 'Янтарь', 'Оплот'],
    teams: ['Метеор', 'Волна', 'Горняк', 'Торпедист', 'Буревестник', 'Чайка', 'Кристалл', 'Заря'],
    jobs: [
      'водитель категории Е',
      'продавец в отдел сыров',
      'бухгалтер по расчёту зарплаты',
      'электрик',
      'младший воспитатель',
      'кладовщик с правами на погрузчик',
      'сварщик',
      'администратор салона',
    ],
    goods: [
      'картофель',
      'морковь',
      'гречка',
      'сахар',
      'подсолнечное масло',
      'молоко',
      'сыр',
      'куриное филе',
      'яйца',
      'капуста',
    ],
    months: ['января', 'марта', 'мая', 'июля', 'октября'],
    sky: ['ясно', 'пасмурно', 'небольшой дождь', 'переменная облачность', 'гроза', 'туман'],
  },
  en: {
    cities: ['Leeds', 'Bristol', 'York', 'Cardiff', 'Dundee', 'Exeter', 'Derby', 'Bath', 'Hull', 'Perth'],
    banks: ['Sunrise', 'Meridian', 'Riverside', 'Capital', 'Northern', 'Trustwell', 'Amber', 'Bulwark'],
    teams: ['Meteors', 'Waves', 'Miners', 'Harbour', 'Petrels', 'Seagulls', 'Crystals', 'Dawn'],
    jobs: [
      'lorry driver',
      'cheese counter assistant',
      'payroll accountant',
      'electrician',
      'nursery helper',
      'warehouse keeper',
      'welder',
      'front desk manager',
    ],
    goods: [
      'potatoes',
      'carrots',
      'buckwheat',
      'sugar',
      'sunflower oil',
      'milk',
      'cheese',
      'chicken',
      'eggs',
      'cabbage',
    ],
    months: ['January', 'March', 'May', 'July', 'October'],
    sky: ['clear', 'overcast', 'light rain', 'some clouds', 'thunder', 'fog'],
  },
} as const;

function weather({ random }: Writer, language: Language): string {
  const { cities, months, sky } = NAMES[language];
  const [city, day, month] = [pick(random, cities), between(random, 1, 28), pick(random, months)];
  const [noon, night, wind] = [between(random, 1, 30), between(random, -5, 15), between(random, 1, 12)];
  const pressure = between(random, 735, 765);
  return language === 'ru'
    ? `Прогноз погоды: ${city}, ${day} ${month}. Днём ${pick(random, sky)}, температура воздуха до +${noon} градусов, ночью ${night}. Ветер порывистый, ${wind} м/с, атмосферное давление ${pressure} мм рт. ст. Хорошего дня и берегите себя!`
    : `Weather forecast: ${city}, ${day} ${month}. During the day ${pick(random, sky)}, air temperature up to ${noon} degrees, at night ${night}. Gusty wind of ${wind} m/s, air pressure ${pressure} mm. Have a nice day and take care of yourselves!`;
}

function vacancy({ random }: Writer, language: Language): string {
  const { jobs, cities } = NAMES[language];
  const [pay, phone] = [between(random, 40, 190) * 1000, between(random, 1_000_000, 9_999_999)];
  return language === 'ru'
    ? `В связи с расширением в компанию требуется ${pick(random, jobs)}, город ${pick(random, cities)}. Мы предлагаем: официальное трудоустройство с первого дня, заработную плату ${pay} рублей, дружный коллектив, обучение за счёт компании и удобный график. Требования: ответственность, желание работать и развиваться. Опыт от ${between(random, 1, 6)} лет. Звоните по телефону 8 900 ${phone} или присылайте резюме в личные сообщения.`
    : `As our company grows we are looking for a ${pick(random, jobs)} in ${pick(random, cities)}. We offer an official contract from the first day, a salary of ${pay} a year, a friendly team, training at our expense and a convenient schedule. You are responsible and willing to work and to grow. Experience of ${between(random, 1, 6)} years. Call 0800 ${phone} or send your CV in a private message.`;
}

function prices({ random }: Writer, language: Language): string {
  const { goods, cities } = NAMES[language];
  const list = goods.map((name) => `${name} ${between(random, 20, 600)}`).join(', ');
  return language === 'ru'
    ? `Цены на продукты в городе ${pick(random, cities)} на сегодня, рублей за килограмм: ${list}. Данные собраны в пяти магазинах, у вас может быть иначе.`
    : `Food prices in ${pick(random, cities)} today, per kilogram: ${list}. Collected in five shops, yours may differ.`;
}

function match({ random }: Writer, language: Language): string {
  const { teams, cities } = NAMES[language];
  const [home, guests] = [pick(random, teams), pick(random, teams)];
  return language === 'ru'
    ? `Матч окончен! «${home}» на своём поле принимал команду «${guests}» и завершил встречу со счётом ${between(random, 0, 5)}:${between(random, 0, 5)}. На стадионе в городе ${pick(random, cities)} собралось ${between(random, 2000, 40_000)} зрителей. Следующую игру команда проведёт через неделю. Спасибо всем, кто болел!`
    : `Full time! ${home} played ${guests} at home and the game ended ${between(random, 0, 5)}:${between(random, 0, 5)}. The stadium in ${pick(random, cities)} welcomed ${between(random, 2000, 40_000)} spectators. The next game is in a week. Thanks to everyone who cheered!`;
}

function bankReview({ random, write }: Writer, language: Language): string {
  const bank = pick(random, NAMES[language].banks);
  return language === 'ru'
    ? `Отзыв о банке «${bank}»: ${write(between(random, 2, 3))} Оценка: ${between(random, 1, 5)}. Отзыв проверен модератором сайта и отражает личное мнение автора.`
    : `Review of ${bank} Bank: ${write(between(random, 2, 3))} Rating: ${between(random, 1, 5)}. This review was checked by a moderator of the site and is the personal opinion of its author.`;
}

function footer({ random, write }: Writer, language: Language): string {
  return language === 'ru'
    ? `${write(between(random, 2, 3))}\nНаш магазин работает ежедневно с девяти утра до девяти вечера, доставка по городу бесплатная при заказе от двух тысяч, оплата наличными или картой, есть пункт выдачи и парковка для покупателей.`
    : `${write(between(random, 2, 3))}\nOur shop is open daily from nine in the morning until nine in the evening, delivery in town is free for orders above fifty, you may pay in cash or by card, and there is a car park for customers.`;
}

function rates({ random }: Writer, language: Language): string {
  const rate = () => `${between(random, 60, 110)},${between(random, 10, 99)}`;
  return language === 'ru'
    ? `Курсы валют на сегодня: доллар США ${rate()} руб., евро ${rate()} руб., юань ${rate()} руб. Нефть марки Brent торгуется по ${rate()} за баррель.`
    : `Exchange rates today: US dollar ${rate()}, euro ${rate()}, yuan ${rate()}. Brent oil is traded at ${rate()} a barrel.`;
}

export const FORMS: Record<string, Form> = {
  'weather reports': weather,
  vacancies: vacancy,
  'price lists': prices,
  'match results': match,
  'reviews of one form': bankReview,
  'posts with one footer': footer,
  'exchange rates': rates,
};

/** Everyday words that many people write. */
export const COMMONPLACES: Record<Language, readonly string[]> = {
  ru: [
    'Спасибо большое, всё помогло!',
    'Поздравляю с днём рождения, желаю счастья и здоровья!',
    'Всем доброе утро и хорошего дня, друзья мои!',
    'Подскажите, пожалуйста, сколько это стоит и есть ли в наличии?',
    'Полностью с вами согласна, у меня было точно так же',
    'Здравствуйте, напишите нам, пожалуйста, в личные сообщения, разберёмся',
  ],
  en: [
    'Thank you very much, it helped!',
    'Happy birthday, I wish you all the best and good health!',
    'Good morning everyone and have a nice day, my friends!',
    'Could you tell me how much it costs and is it in stock?',
    'I totally agree with you, I had exactly the same',
    'Hello, please write to us in a private message, we will look into it',
  ],
};
