/** Sentences of the pages about digests and reports, and of links in mails, for `texts.ts`. */
export const DIGEST_TEXTS = {
  'said.title': { ru: 'Отметка из письма', en: 'Said from a mail' },
  'said.ask.tone': {
    ru: 'Сейчас у этого текста о теме «{topic}» стоит тон «{tone}». Выберите верный: он заменит прежний, а Молва на нём поучится.',
    en: 'This text about “{topic}” now has the sentiment “{tone}”. Choose the right one: it replaces the other, and Molva learns from it.',
  },
  'said.tone.which': { ru: 'Верный тон', en: 'The right sentiment' },
  'said.ask.notus': {
    ru: 'Этот текст станет помечен как «не о нас» для темы «{topic}»: он выйдет из счёта и из дайджестов.',
    en: 'This text will be marked as “not us” for “{topic}”: it leaves the counts and the digests.',
  },
  'said.ask.answered': {
    ru: 'Этот текст о теме «{topic}» станет помечен как отвеченный.',
    en: 'This text about “{topic}” will be marked as answered.',
  },
  'said.ask.case': {
    ru: 'Обращение, в котором лежит этот текст о теме «{topic}», станет отвеченным.',
    en: 'The case that holds this text about “{topic}” will become answered.',
  },
  'said.do': { ru: 'Отметить', en: 'Do it' },
  'said.by': {
    ru: 'В журнале будет стоять адрес {email}: ссылка пришла на него.',
    en: 'The log will show the address {email}: the link went there.',
  },
  'said.done': { ru: 'Готово, отмечено. Страницу можно закрыть.', en: 'Done. You can close this page.' },
  'said.unknown': {
    ru: 'Эта ссылка здесь ничего не открывает: она неполная, показана для примера или её адресат больше не получает писем.',
    en: 'This link opens nothing here: it is incomplete, only shown as an example, or its addressee gets no mails any more.',
  },
  'said.expired': {
    ru: 'Срок ссылки вышел: она действует 14 дней. Откройте упоминание в Молве.',
    en: 'This link has expired: it is good for 14 days. Open the mention in Molva.',
  },
  'said.used': {
    ru: 'По этой ссылке уже отметили. Изменить можно в Молве, на странице упоминания.',
    en: 'This link was used already. You can change what it said in Molva, on the page of the mention.',
  },
  'said.gone': {
    ru: 'Этого текста или обращения в Молве больше нет.',
    en: 'This text or case is not in Molva any more.',
  },
  'said.edited': {
    ru: 'С тех пор автор изменил текст. Прочитайте новый в Молве и отметьте там.',
    en: 'The author has edited the text since. Read the new one in Molva and say it there.',
  },
  'digest.lead': {
    ru: 'Письмо, которое говорит утром, что делать сначала и что изменилось. Каждый настраивает своё сам.',
    en: 'A mail that says in the morning what to do first and what has changed. Everybody sets up their own.',
  },
  'digest.mine': { ru: 'Мой дайджест', en: 'My digest' },
  'digest.begin': { ru: 'Получать дайджест', en: 'Get a digest' },
  'digest.other': { ru: 'Добавить получателя', en: 'Add a recipient' },
  'digest.new': { ru: 'новый получатель', en: 'new recipient' },
  'digest.settings': { ru: 'Дайджест: {email}', en: 'Digest: {email}' },
  'digest.off': { ru: 'выключен', en: 'off' },
  'digest.norecipients': {
    ru: 'Получателей пока нет. Начните со своего: нажмите «Получать дайджест».',
    en: 'No recipients yet. Begin with your own: press “Get a digest”.',
  },
  'digest.fromconfig': {
    ru: 'Сейчас этот дайджест задан в config/app.yaml. Если сохранить его здесь, дальше действует то, что сказано здесь.',
    en: 'This digest is set in config/app.yaml. If you save it here, what you say here counts from then on.',
  },
  'digest.enabled': { ru: 'Присылать', en: 'Send it' },
  'digest.weekdays': { ru: 'По каким дням', en: 'On which days' },
  'digest.weekdays.hint': {
    ru: 'Не отмечено ничего: каждый день. После дней без дайджеста письмо охватывает и их.',
    en: 'Nothing ticked: every day. After days without a digest the mail tells of them too.',
  },
  'digest.topics': { ru: 'О каких темах', en: 'About which topics' },
  'digest.topics.hint': { ru: 'Не отмечено ничего: обо всех.', en: 'Nothing ticked: about all.' },
  'digest.quiet': { ru: 'Писать и тогда, когда всё спокойно', en: 'Write also when all is quiet' },
  'digest.reports': { ru: 'Отчёты', en: 'Reports' },
  'digest.weekly': { ru: 'За неделю, по дням', en: 'Of the week, on' },
  'digest.monthly': { ru: 'За месяц, по числам', en: 'Of the month, on day' },
  'digest.report.none': { ru: 'не присылать', en: 'do not send' },
  'digest.saved': { ru: 'Сохранено.', en: 'Saved.' },
  'digest.preview': { ru: 'Посмотреть письмо', en: 'See the mail' },
  'digest.preview.hint': {
    ru: 'Так письмо выглядело бы, если отправить его сейчас: всё с начала прошлого дайджеста.',
    en: 'So the mail would look if it were sent now: all since the beginning of the last digest.',
  },
  'digest.sendnow': { ru: 'Отправить сейчас', en: 'Send now' },
  'digest.sendnow.ask': {
    ru: 'Письмо уйдёт на {email}. Дайджест по расписанию придёт как обычно.',
    en: 'The mail goes to {email}. The digest of the schedule comes as usual.',
  },
  'digest.nomail': {
    ru: 'Отправить нельзя: почтовый сервер не задан (smtp.url и smtp.from в config/app.yaml).',
    en: 'It cannot be sent: no mail server is configured (smtp.url and smtp.from in config/app.yaml).',
  },
  'digest.sent': { ru: 'Письмо отправляется.', en: 'The mail is on its way.' },
  'digest.again': {
    ru: 'Это письмо уже ушло минуту назад: второе не отправлено.',
    en: 'This mail went a minute ago: no second one was sent.',
  },
  'digest.links': {
    ru: 'Ссылки «ответили», «не о нас», «не тот тон» и «отписаться» действуют только в самом письме.',
    en: 'The links “answered”, “not us”, “wrong sentiment” and “unsubscribe” work only in the mail itself.',
  },
  'digest.bad.email': { ru: 'Это не адрес почты.', en: 'This is not an e-mail address.' },
  'digest.bad.time': { ru: 'Напишите время как 09:00.', en: 'Write the time like 09:00.' },
  'digest.bad.day': {
    ru: 'Выберите день из списка: день недели или число от 1 до 28.',
    en: 'Choose a day from the list: a weekday, or a day from 1 to 28.',
  },
  'digest.bad.topic': {
    ru: 'Одной из тем больше нет. Отметьте темы заново.',
    en: 'One of the topics is gone. Tick the topics again.',
  },
  'report.kind.weekly': { ru: 'за неделю', en: 'weekly' },
  'report.kind.monthly': { ru: 'за месяц', en: 'monthly' },
  'report.kind.hand': { ru: 'по просьбе', en: 'by hand' },
  'report.lead': {
    ru: 'Числа отчёта остаются такими, какими были в день составления: и через год откроется то же самое.',
    en: 'The numbers of a report stay as they were on the day it was written: a year later it opens the same.',
  },
  'report.none': {
    ru: 'Отчётов пока нет. Составьте первый ниже или попросите присылать их каждую неделю в настройках дайджеста.',
    en: 'No reports yet. Make the first one below, or have them sent every week in the settings of your digest.',
  },
  'report.none.reader': { ru: 'Отчётов пока нет.', en: 'No reports yet.' },
  'report.span': { ru: 'Время', en: 'Time' },
  'report.kind': { ru: 'Какой', en: 'Kind' },
  'report.for': { ru: 'Для кого', en: 'For' },
  'report.all': { ru: 'для всех', en: 'everybody' },
  'report.made': { ru: 'Составлен', en: 'Written' },
  'report.title': { ru: 'Отчёт № {id}', en: 'Report no. {id}' },
  'report.new': { ru: 'Составить отчёт', en: 'Make a report' },
  'report.from': { ru: 'С какого дня', en: 'From' },
  'report.to': { ru: 'По какой день', en: 'To' },
  'report.make': { ru: 'Составить', en: 'Make it' },
  'report.bad.span': {
    ru: 'Выберите дни: первый не позже последнего, последний уже прошёл, всего не больше 366 дней.',
    en: 'Choose days: the first not after the last, the last one over, 366 days at most.',
  },
  'report.pdf': { ru: 'PDF', en: 'PDF' },
  'report.print': { ru: 'Открыть для печати', en: 'Open to print' },
  'report.nopdf': {
    ru: 'PDF здесь не сделать: нет браузера. Откройте отчёт для печати, нажмите Ctrl+P (на Mac ⌘P) и выберите «Сохранить как PDF».',
    en: 'No PDF can be made here: there is no browser. Open the report to print, press Ctrl+P (⌘P on a Mac) and choose “Save as PDF”.',
  },
  'report.removed': {
    ru: 'Тексты сюжетов убраны: человек из них попросил стереть его данные. Числа прежние.',
    en: 'The texts of stories were removed: a person in them asked to be erased. The numbers are the same.',
  },
} as const;
