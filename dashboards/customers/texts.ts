import type { Language } from '../../src/model/user.ts';

/** The card of a customer, and the words for what was worked out about customers. */
export const CUSTOMER_TEXTS = {
  'card.value': { ru: 'Насколько ценен', en: 'How valuable' },
  'card.trouble': { ru: 'Что сейчас не так', en: 'What is wrong now' },
  'card.next': { ru: 'Что делать дальше', en: 'What to do next' },
  'card.timeline': { ru: 'Всё по порядку', en: 'Everything in order' },
  'card.complaints': { ru: 'Жалобы и их причины', en: 'Complaints and their causes' },
  'card.interests': { ru: 'Предпочтения и интересы', en: 'Preferences and interests' },
  'card.voice': { ru: 'Голос на публике', en: 'Public voice' },
  'card.why': { ru: 'почему', en: 'why' },

  'value.tier.stated': { ru: 'Категория по CRM', en: 'Tier in the CRM' },
  'value.tier.computed': { ru: 'Категория по расчёту', en: 'Tier worked out' },
  'value.tier.none': { ru: 'ничем не выделяется', en: 'nothing stands out' },
  'value.tier.differ': {
    ru: 'CRM и расчёт расходятся. Действует то, что сказано в CRM.',
    en: 'The CRM and the calculation differ. What the CRM says counts.',
  },
  'value.tier.moved': { ru: '{day}: {from} → {to}', en: '{day}: {from} → {to}' },
  'value.tier.no': { ru: 'без категории', en: 'no tier' },
  'value.stage': { ru: 'Стадия', en: 'Stage' },
  'value.rhythm': {
    ru: 'обычно покупает раз в {rhythm} дн., молчит {silent} дн.',
    en: 'usually buys every {rhythm} days, silent for {silent} days',
  },
  'value.rhythm.once': {
    ru: 'купил один раз, {silent} дн. назад; другие возвращаются раз в {rhythm} дн.',
    en: 'bought once, {silent} days ago; others come back every {rhythm} days',
  },
  'value.realised': { ru: 'Принёс за 12 месяцев', en: 'Brought in 12 months' },
  'value.total': { ru: 'Всего куплено', en: 'Bought in all' },
  'value.money': { ru: 'Принесёт за 12 месяцев', en: 'Will bring in 12 months' },
  'value.purchases': { ru: 'Покупок за 12 месяцев', en: 'Purchases in 12 months' },
  'value.alive': { ru: 'Всё ещё клиент', en: 'Still a customer' },
  'value.alive.once': {
    ru: 'по одной покупке сказать нельзя',
    en: 'cannot be told from one purchase',
  },
  'value.range': { ru: '≈ {value} (от {low} до {high})', en: '≈ {value} ({low} to {high})' },
  'value.average': {
    ru: 'Это среднее для покупателей с таким же прошлым и интервал на 95 % для этого среднего. Один человек отклоняется гораздо сильнее.',
    en: 'The average of customers with the same past, and the 95 % interval of that average. One person differs far more.',
  },
  'value.rfm': { ru: 'RFM (из 5)', en: 'RFM (of 5)' },
  'value.rfm.words': {
    ru: 'давность {r}, частота {f}, деньги {m}',
    en: 'recency {r}, frequency {f}, money {m}',
  },
  'value.months': {
    ru: 'Покупки по месяцам, самый новый справа: {counts}',
    en: 'Purchases by month, the newest at the right: {counts}',
  },
  'value.months.caption': { ru: 'Покупки за 24 месяца', en: 'Purchases of 24 months' },
  'value.nothing': {
    ru: 'Покупок ещё не было, поэтому о ценности сказать нечего. Они появятся с импортом из CRM.',
    en: 'Nothing has been bought yet, so there is nothing to say of value. Purchases come with the import from the CRM.',
  },
  'value.currencies': {
    ru: 'Считаются только покупки в {currency}: валюты не складываются.',
    en: 'Only purchases in {currency} are counted: currencies are not added.',
  },

  'refusal.lead': { ru: 'Прогноза нет: {why}.', en: 'No forecast: {why}.' },
  'refusal.money': { ru: 'Прогноза денег нет: {why}.', en: 'No forecast of money: {why}.' },
  'refusal.rfm': { ru: 'Пока только RFM.', en: 'RFM alone until then.' },
  'refusal.not-scored': {
    ru: 'расчёт ещё не проходил, он идёт каждую ночь и после импорта',
    en: 'nothing was worked out yet; that happens each night and after an import',
  },
  'refusal.few-repeaters': {
    ru: 'вернулись за покупкой {has} клиентов, а нужно {needs}',
    en: '{has} customers came back to buy, {needs} are needed',
  },
  'refusal.short-span': {
    ru: 'покупки известны за {has} дн., а нужно {needs}',
    en: 'purchases are known for {has} days, {needs} are needed',
  },
  'refusal.not-settled': {
    ru: 'данные не дают одного ответа',
    en: 'the data do not settle on one answer',
  },
  'refusal.money-follows-frequency': {
    ru: 'сумма покупки связана с их частотой (корреляция {has}, допустимо {needs}), и модель врала бы',
    en: 'what is spent goes with how often (correlation {has}, at most {needs} is allowed), and the model would mislead',
  },
  'refusal.few-amounts': {
    ru: 'дважды покупали в этой валюте {has} клиентов, а нужно {needs}',
    en: '{has} customers bought twice in this currency, {needs} are needed',
  },

  'tierreason.expected-top': {
    ru: 'по прогнозу на 12 месяцев ({amount}) входит в верхние {percent} %',
    en: 'by the forecast of 12 months ({amount}) in the top {percent} %',
  },
  'tierreason.realised-top': {
    ru: 'по деньгам за 12 месяцев ({amount}) входит в верхние {percent} %',
    en: 'by money of 12 months ({amount}) in the top {percent} %',
  },
  'tierreason.growing': {
    ru: 'покупает чаще: {recent} за полгода против {before} за прошлые полгода',
    en: 'buys more often: {recent} in half a year against {before} in the one before',
  },
  'tierreason.few-items': {
    ru: 'покупает мало разного: {items}, у лучших клиентов {typical}',
    en: 'buys few different things: {items}, the best customers {typical}',
  },
  'tierreason.more-expected': {
    ru: 'ожидается больше, чем было: {amount} против {realised}',
    en: 'more is expected than there was: {amount} against {realised}',
  },
  'tierreason.refunds': {
    ru: 'возвратов {n} на {amount} при покупках на {bought}',
    en: '{n} returns worth {amount} against purchases of {bought}',
  },
  'tierreason.service': {
    ru: 'обращений за обслуживанием {n} при покупках на {bought}',
    en: '{n} requests for service against purchases of {bought}',
  },

  'stage.prospect': { ru: 'ещё не покупал', en: 'prospect' },
  'stage.new': { ru: 'новый', en: 'new' },
  'stage.active': { ru: 'активный', en: 'active' },
  'stage.cooling': { ru: 'остывает', en: 'cooling' },
  'stage.sleeping': { ru: 'спит', en: 'sleeping' },
  'stage.lost': { ru: 'потерян', en: 'lost' },
  'stage.returned': { ru: 'вернулся', en: 'returned' },

  'churn.risk': { ru: 'Риск ухода', en: 'Risk of leaving' },
  'churn.level.low': { ru: 'низкий', en: 'low' },
  'churn.level.middle': { ru: 'средний', en: 'medium' },
  'churn.level.high': { ru: 'высокий', en: 'high' },
  'churn.note': {
    ru: 'Риск говорит, кому уделить внимание раньше. Он никогда не повод отказать в обслуживании или ответить позже.',
    en: 'The risk says whom to look after first. It is never a reason to refuse service or to answer later.',
  },
  'churnreason.silence': {
    ru: 'молчит {days} дн., обычно покупает раз в {rhythm} дн.',
    en: 'silent for {days} days, usually buys every {rhythm} days',
  },
  'churnreason.once': {
    ru: 'купил один раз, {days} дн. назад; другие возвращаются раз в {rhythm} дн.',
    en: 'bought once, {days} days ago; others come back every {rhythm} days',
  },
  'churnreason.unlikely-active': {
    ru: 'молчит {days} дн., обычно покупает раз в {rhythm} дн.: всё ещё клиент с вероятностью {percent} %',
    en: 'silent for {days} days, usually buys every {rhythm} days: still a customer with a chance of {percent} %',
  },
  'churnreason.falling': {
    ru: 'покупает реже: {recent} за полгода против {before} за прошлые полгода',
    en: 'buys less often: {recent} in half a year against {before} in the one before',
  },
  'churnreason.open-case': { ru: 'открытых обращений: {n}', en: 'open cases: {n}' },
  'churnreason.negative-posts': {
    ru: 'негативных публикаций за 90 дней: {n}',
    en: 'negative posts in 90 days: {n}',
  },
  'churnreason.unanswered': {
    ru: 'контактов без ответа за 90 дней: {n}',
    en: 'contacts without an answer in 90 days: {n}',
  },

  'trouble.none': {
    ru: 'Ничего: открытых обращений, негативных публикаций и контактов без ответа нет.',
    en: 'Nothing: no open cases, negative posts or unanswered contacts.',
  },
  'trouble.cases': { ru: 'Открытые обращения', en: 'Open cases' },
  'trouble.posts': { ru: 'Негатив на публике за 90 дней', en: 'Said against us in 90 days' },
  'trouble.contacts': { ru: 'Остались без ответа', en: 'Left without an answer' },
  'trouble.due': { ru: 'ответить {when}', en: 'to be answered {when}' },
  'trouble.overdue': { ru: 'просрочено, срок был {when}', en: 'overdue, was due {when}' },
  'trouble.more': { ru: 'и ещё {n}', en: 'and {n} more' },

  'step.answer-case': { ru: 'Ответить по обращению № {id}', en: 'Answer case № {id}' },
  'step.answer-case.why': { ru: 'причина: {reason}', en: 'cause: {reason}' },
  'step.answer-contact': { ru: 'Ответить клиенту: {channel}', en: 'Answer the customer: {channel}' },
  'step.answer-contact.why': { ru: 'ждёт с {when}', en: 'waiting since {when}' },
  'step.answer-posts': { ru: 'Ответить на публикации', en: 'Answer the posts' },
  'step.answer-posts.why': {
    ru: 'негативных без обращения: {n}',
    en: 'negative ones without a case: {n}',
  },
  'step.look-after': {
    ru: 'Позвонить лично: ценный клиент может уйти',
    en: 'Call in person: a valuable customer may leave',
  },
  'step.look-after.why': { ru: 'риск ухода {percent} %', en: 'risk of leaving {percent} %' },
  'step.win-back': { ru: 'Напомнить о себе', en: 'Get in touch' },
  'step.win-back.why': {
    ru: 'молчит {days} дн. при ритме {rhythm} дн.',
    en: 'silent for {days} days with a rhythm of {rhythm}',
  },
  'step.offer': { ru: 'Предложить: {item}', en: 'Offer: {item}' },
  'step.offer.by': { ru: 'Предложить: {item} ({channel})', en: 'Offer: {item} ({channel})' },
  'step.offer.why': {
    ru: 'из тех, кто купил «{because}», это взяли {customers} из {of}',
    en: 'of those who bought “{because}”, {customers} of {of} also took it',
  },
  'step.write-by': { ru: 'Связываться так: {channel}', en: 'Get in touch by {channel}' },
  'step.write-by.hour': {
    ru: 'Связываться так: {channel}, около {hour}:00',
    en: 'Get in touch by {channel}, about {hour}:00',
  },
  'step.write-by.why': { ru: 'там ответил {n} раз из {of}', en: 'answered there {n} times of {of}' },
  'step.ask-consent': { ru: 'Спросить согласие на предложения', en: 'Ask for consent to offers' },
  'step.ask-consent.why': {
    ru: 'без него нельзя ничего предлагать',
    en: 'without it nothing may be offered',
  },
  'step.none': {
    ru: 'Срочного нет. Шаги появятся, когда клиент купит, напишет или пожалуется.',
    en: 'Nothing is urgent. Steps appear when the customer buys, writes or complains.',
  },
  'step.overdue': { ru: 'срок прошёл', en: 'overdue' },
  'step.until': { ru: 'до {when}', en: 'by {when}' },

  'event.all': { ru: 'всё', en: 'all' },
  'event.purchase': { ru: 'покупка', en: 'purchase' },
  'event.contact': { ru: 'контакт', en: 'contact' },
  'event.mention': { ru: 'публикация', en: 'post' },
  'event.case': { ru: 'обращение', en: 'case' },
  'event.purchases': { ru: 'покупки', en: 'purchases' },
  'event.contacts': { ru: 'контакты', en: 'contacts' },
  'event.mentions': { ru: 'публикации', en: 'posts' },
  'event.cases': { ru: 'обращения', en: 'cases' },
  'event.refund': { ru: 'возврат', en: 'refund' },
  'event.filter': { ru: 'Что показать', en: 'What to show' },
  'event.none': {
    ru: 'Пока ничего. Покупки и контакты приходят с импортом из CRM, публикации после связи с аккаунтом.',
    en: 'Nothing yet. Purchases and contacts come with the import from the CRM, posts once an account is linked.',
  },
  'event.in': { ru: 'начал клиент', en: 'the customer began' },
  'event.out': { ru: 'начали мы', en: 'we began' },
  'event.answered': { ru: 'отвечено', en: 'answered' },
  'event.unanswered': { ru: 'без ответа', en: 'no answer' },
  'contact.call': { ru: 'звонок', en: 'call' },
  'contact.mail': { ru: 'письмо', en: 'mail' },
  'contact.message': { ru: 'сообщение', en: 'message' },
  'contact.visit': { ru: 'визит', en: 'visit' },
  'contact.service': { ru: 'запрос на обслуживание', en: 'request for service' },

  'channel.phone': { ru: 'телефон', en: 'phone' },
  'channel.email': { ru: 'почта', en: 'e-mail' },
  'channel.sms': { ru: 'SMS', en: 'SMS' },
  'channel.site': { ru: 'сайт', en: 'site' },
  'channel.app': { ru: 'приложение', en: 'app' },
  'channel.shop': { ru: 'магазин', en: 'shop' },
  'channel.telegram': { ru: 'Telegram', en: 'Telegram' },
  'channel.whatsapp': { ru: 'WhatsApp', en: 'WhatsApp' },

  'complaints.none': {
    ru: 'Обращений не было. Когда клиент пожалуется на публике, обращение откроется само.',
    en: 'There have been no cases. When the customer complains in public, one opens by itself.',
  },
  'complaints.causes': { ru: 'По причинам: {list}', en: 'By cause: {list}' },

  'interests.channel': { ru: 'Где отвечает', en: 'Answers by' },
  'interests.channel.answered': {
    ru: '{channel}: отвечено {times} из {of}',
    en: '{channel}: answered {times} of {of}',
  },
  'interests.channel.purchases': {
    ru: 'о контактах известно мало; где чаще покупает: {channel}, {times} из {of}',
    en: 'little is known of contacts; buys mostly through {channel}, {times} of {of}',
  },
  'interests.channel.unknown': {
    ru: 'пока не ясно: нужно хотя бы 3 контакта с ответом в одном канале',
    en: 'not clear yet: at least 3 answered contacts in one channel are needed',
  },
  'interests.hour': { ru: 'Когда отвечает', en: 'Answers at' },
  'interests.hour.known': {
    ru: 'около {hour}:00 по вашему времени, {times} из {of}',
    en: 'about {hour}:00 in your zone, {times} of {of}',
  },
  'interests.consents': { ru: 'Согласия', en: 'Consents' },
  'interests.consents.none': { ru: 'не спрашивали', en: 'not asked yet' },
  'consent.given': { ru: 'дано', en: 'given' },
  'consent.withdrawn': { ru: 'отозвано', en: 'withdrawn' },
  'consent.objected': { ru: 'возражает', en: 'objects' },
  'consent.marketing': { ru: 'предложения', en: 'offers' },
  'consent.service': { ru: 'обслуживание', en: 'service' },
  'consent.research': { ru: 'опросы', en: 'research' },
  'consent.matching': { ru: 'связь с аккаунтами', en: 'linking of accounts' },
  'consent.any': { ru: 'любой канал', en: 'any channel' },
  'interests.likes': { ru: 'Интересы', en: 'Interests' },
  'interests.none': {
    ru: 'Пока не известны. Они выводятся из повторных покупок, и их можно записать со слов клиента.',
    en: 'Not known yet. They are inferred from repeated purchases, and can be noted as the customer tells them.',
  },
  'interests.declared': { ru: 'со слов клиента', en: 'told by the customer' },
  'interests.inferred': { ru: 'выведено из покупок', en: 'inferred from purchases' },
  'interests.remove': { ru: 'Убрать', en: 'Remove' },
  'interests.remove.named': { ru: 'Убрать интерес: {interest}', en: 'Remove the interest: {interest}' },
  'interests.removed': {
    ru: 'Интерес «{interest}» убран и больше не будет выводиться.',
    en: 'The interest “{interest}” is removed and will not be inferred again.',
  },
  'interests.restore': { ru: 'Вернуть', en: 'Undo' },
  'interests.add': { ru: 'Добавить', en: 'Add' },
  'interests.add.label': { ru: 'Что любит, со слов клиента', en: 'What the customer likes, in own words' },
  'interests.mistake.empty': { ru: 'Напишите от 1 до 80 знаков.', en: 'Write 1 to 80 characters.' },
  'interests.mistake.sensitive': {
    ru: 'Здоровье, веру, политику, происхождение и личную жизнь здесь не записывают: закон охраняет это особо.',
    en: 'Health, belief, politics, descent and private life are not noted here: the law guards them specially.',
  },
  'interests.guarded': {
    ru: 'О здоровье, вере, политике, происхождении и личной жизни Молва выводов не делает.',
    en: 'Molva infers nothing about health, belief, politics, descent or private life.',
  },
  'voice.caption': { ru: 'Упоминания за 12 месяцев', en: 'Mentions of 12 months' },
  'voice.months': {
    ru: 'Тон по месяцам, самый новый справа: {counts}',
    en: 'Tone by month, the newest at the right: {counts}',
  },
  'voice.none': {
    ru: 'Публикаций с упоминанием наших тем за год нет.',
    en: 'No posts that name our topics in a year.',
  },
  'voice.table': { ru: 'Таблицей', en: 'As a table' },
  'voice.month': { ru: 'Месяц', en: 'Month' },
  'action.interest.declared': { ru: 'записан интерес клиента', en: 'interest of a customer noted' },
  'action.interest.removed': { ru: 'убран интерес клиента', en: 'interest of a customer removed' },
  'action.interest.restored': { ru: 'возвращён интерес клиента', en: 'interest of a customer restored' },
} as const satisfies Record<string, Record<Language, string>>;
