/** Short explanations in place, in both languages: what it is, and what to do first. */
export const HELP_TEXTS = {
  'help.mentions.title': { ru: 'Как искать', en: 'How to search' },
  'help.mentions.what': {
    ru: 'Слово находится во всех формах. Слова рядом ищутся вместе, OR — любое из них, NOT — без этого, "фраза" — подряд; tone:negative, source:habr, author:"Анна" сужают поиск.',
    en: 'A word is found in all its forms. Words side by side are looked for together, OR takes either, NOT leaves out, a "phrase" stands in a row; tone:negative, source:habr, author:"Anna" narrow it.',
  },
  'help.mentions.do': {
    ru: 'Начните с жалоб или негатива одним нажатием под строкой поиска. Поиск, который нужен каждый день, сохраните: он встанет под фильтрами.',
    en: 'Begin with complaints or the negative, one press away under the box. Save a search that you need every day: it will stand under the filters.',
  },
  'help.topics.title': { ru: 'Что такое тема', en: 'What a topic is' },
  'help.topics.what': {
    ru: 'Тема — то, что Молва ищет: бренд, продукт, соперник. Публикация, которая подходит под запрос темы, становится упоминанием.',
    en: 'A topic is what Molva looks for: a brand, a product, a competitor. A post that fits the topic’s query becomes a mention.',
  },
  'help.topics.do': {
    ru: 'Достаточно написать название: слово находится во всех формах. Если название значит и другое, испытайте запрос в лаборатории.',
    en: 'A name is enough: a word is found in all its forms. Where the name means something else too, try the query in the lab.',
  },
  'help.lab.title': { ru: 'Как писать запрос', en: 'How to write a query' },
  'help.lab.what': {
    ru: 'Слова рядом ищутся вместе, OR — любое из них, NOT — без этого, "фраза" — подряд, A NEAR/5 B — не дальше пяти слов друг от друга.',
    en: 'Words side by side are looked for together, OR takes either, NOT leaves out, a "phrase" stands in a row, A NEAR/5 B within five words of each other.',
  },
  'help.lab.do': {
    ru: 'Начните с названия, нажмите «Испытать на собранном», уберите лишнее через NOT и испытайте снова. Ничего не сохраняется, пока вы не скажете.',
    en: 'Begin with the name, press “Try on what was collected”, take away what is not yours by NOT, and try again. Nothing is saved until you say so.',
  },
  'help.alerts.title': {
    ru: 'Чем оповещение отличается от дайджеста',
    en: 'How an alert differs from the digest',
  },
  'help.alerts.what': {
    ru: 'Дайджест рассказывает раз в день обо всём. Оповещение зовёт сразу и только из-за того, что не ждёт: всплеска, жалобы, молчания источника.',
    en: 'The digest tells of everything once a day. An alert calls at once, and only for what cannot wait: a spike, a complaint, a silent source.',
  },
  'help.alerts.do': {
    ru: 'Начните со «Всплеска» по своей теме: до сохранения видно, сколько раз он разбудил бы вас за прошлые 60 дней.',
    en: 'Begin with “A spike” on your topic: before it is saved you see how often it would have woken you in the last 60 days.',
  },
  'help.rules.title': { ru: 'Зачем нужны правила', en: 'What rules are for' },
  'help.rules.what': {
    ru: 'Правило делает за людей то, что они делают каждый раз одинаково: прячет рекламу, ставит метки, поручает коллеге. Оно только метит и прячет, наружу ничего не пишет.',
    en: 'A rule does what people would do the same way each time: hide adverts, set tags, assign a colleague. It marks and hides; it writes nothing outside.',
  },
  'help.rules.do': {
    ru: 'Перед сохранением правило можно испытать на прошлом, а сделанное им — отменить. Четыре правила в начале списка прячут рекламу и спам.',
    en: 'A rule can be tried on the past before it is saved, and what it did can be taken back. The four at the top hide adverts and spam.',
  },
  'help.review.title': { ru: 'О чём здесь спрашивают', en: 'What is asked here' },
  'help.review.what': {
    ru: 'Молва сравнивает автора публикации с клиентами: имя, город, почта, ник. Где она уверена, связывает сама; где нет, спрашивает вас.',
    en: 'Molva compares the author of a post with customers: name, town, mail, nickname. Where it is sure it links by itself; where not, it asks you.',
  },
  'help.review.do': {
    ru: 'Ответьте «да», «нет» или отложите: любой ответ можно отменить, а по ответам Молва учится. Вопросы появятся, когда будут клиенты и упоминания.',
    en: 'Answer yes or no, or leave it: every answer can be taken back, and Molva learns from them. Questions appear once there are customers and mentions.',
  },
  'help.scorecard.title': { ru: 'Зачем отмечать вслепую', en: 'Why label blindly' },
  'help.scorecard.what': {
    ru: 'Чтобы знать, насколько верить тону и жалобам. Вы говорите, как правильно, не видя ответа Молвы; по доле совпадений считается её точность именно на ваших упоминаниях.',
    en: 'To know how far tone and complaints can be trusted. You say what is right without seeing Molva’s answer; how often both agree gives its accuracy on your own mentions.',
  },
  'help.scorecard.do': {
    ru: 'Тридцати упоминаний в неделю хватает, это минуты три. Если разметка станет хуже, Молва скажет об этом на странице «Сегодня».',
    en: 'Thirty mentions a week suffice; that takes about three minutes. If the tags become worse, the page “Today” says so.',
  },
  'help.recall.title': { ru: 'Что считается пропуском', en: 'What counts as a miss' },
  'help.recall.what': {
    ru: 'Публикация о вас, которой в Молве нет или которую она нашла слишком поздно. Причина всегда одна из известных: нет источника, узкий запрос, сайт не читается.',
    en: 'A post about you that Molva lacks, or found too late. The cause is always one of a known list: no source, too narrow a query, a site that cannot be read.',
  },
  'help.recall.do': {
    ru: 'Увидели такую — вставьте её адрес. Молва пройдёт по шагам, назовёт причину и предложит, что исправить.',
    en: 'When you see one, paste its address. Molva goes through its steps, names the cause and proposes what to mend.',
  },
} as const;
