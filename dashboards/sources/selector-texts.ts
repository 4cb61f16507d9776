import type { Language } from '../../src/model/user.ts';

/** The sentences of the page on which a source is told by selectors. */
export const SELECTOR_TEXTS = {
  'selectors.title': { ru: 'Свои селекторы', en: 'Selectors of your own' },
  'selectors.title.of': { ru: 'Селекторы: {name}', en: 'Selectors: {name}' },
  'selectors.lead': {
    ru: 'Для сайта, который Молва не узнаёт: покажите, где на странице стоят сообщения и что в них где. Ниже сразу видно, что соберётся.',
    en: 'For a site that Molva does not recognise: show where on the page the posts stand, and what is where in them. Below you see at once what would be collected.',
  },
  'selectors.offer': {
    ru: 'Не то, что нужно? Покажите сами, где на странице стоят сообщения.',
    en: 'Not what you want? Show yourself where on the page the posts stand.',
  },
  'selectors.offer.list': {
    ru: 'Задать сайт своими селекторами',
    en: 'Tell a site by selectors of your own',
  },
  'selectors.offer.change': { ru: 'Изменить селекторы', en: 'Change the selectors' },
  'selectors.address': { ru: 'Адрес страницы со списком', en: 'Address of the page with the list' },
  'selectors.read': { ru: 'Прочитать страницу', en: 'Read the page' },
  'selectors.readAt': { ru: 'Прочитана', en: 'Read' },
  'selectors.readOnce': {
    ru: 'Пока вы правите селекторы, сайт больше не спрашиваем.',
    en: 'While you work on the selectors, the site is not asked again.',
  },
  'selectors.again': { ru: 'Прочитать заново', en: 'Read it again' },
  'selectors.suggest': { ru: 'Подобрать селекторы', en: 'Suggest selectors' },
  'selectors.suggested': {
    ru: 'Эти селекторы подобраны по повторяющимся блокам страницы. Проверьте их и поправьте.',
    en: 'These selectors were found by the blocks that repeat on the page. Check and mend them.',
  },
  'selectors.nosuggestion': {
    ru: 'Повторяющихся блоков с датой или автором на странице не видно. Начните с поля «Одно сообщение».',
    en: 'No blocks with a date or an author repeat on this page. Begin with “One post”.',
  },
  'selectors.on': { ru: 'Где сообщения целиком', en: 'Where the whole posts are' },
  'selectors.on.list': { ru: 'на самой странице со списком', en: 'on the page with the list itself' },
  'selectors.on.page': { ru: 'каждое за своей ссылкой', en: 'each behind a link of its own' },
  'selectors.place': { ru: 'Что', en: 'What' },
  'selectors.selector': { ru: 'Селектор', en: 'Selector' },
  'selectors.matches': { ru: 'Найдено', en: 'Found' },
  'selectors.filled': { ru: 'Заполнено', en: 'Filled' },
  'selectors.filled.of': { ru: '{filled} из {of}', en: '{filled} of {of}' },
  'selectors.first': { ru: 'Первое найденное', en: 'The first found' },
  'selectors.place.item': { ru: 'Одно сообщение', en: 'One post' },
  'selectors.place.link': { ru: 'Ссылка на сообщение', en: 'Link to the post' },
  'selectors.place.next': { ru: 'Следующая страница списка', en: 'Next page of the list' },
  'selectors.place.text': { ru: 'Текст', en: 'Text' },
  'selectors.place.title': { ru: 'Заголовок', en: 'Title' },
  'selectors.place.author': { ru: 'Автор', en: 'Author' },
  'selectors.place.date': { ru: 'Дата', en: 'Date' },
  'selectors.place.permalink': { ru: 'Адрес сообщения', en: 'Address of the post' },
  'selectors.place.rating': { ru: 'Оценка', en: 'Rating' },
  'selectors.place.profile': { ru: 'Страница автора', en: 'Author’s page' },
  'selectors.place.id': { ru: 'Номер сообщения', en: 'Number of the post' },
  'selectors.more': { ru: 'Ещё: оценка, номер, часы сайта', en: 'More: rating, number, the site’s clock' },
  'selectors.kind': { ru: 'Это', en: 'They are' },
  'selectors.kind.post': { ru: 'сообщения, отзывы', en: 'posts, reviews' },
  'selectors.kind.comment': { ru: 'комментарии', en: 'comments' },
  'selectors.kind.article': { ru: 'статьи', en: 'articles' },
  'selectors.zone': { ru: 'Часы сайта', en: 'The site’s clock' },
  'selectors.show': { ru: 'Показать, что соберётся', en: 'Show what would be collected' },
  'selectors.name': { ru: 'Название источника', en: 'Name of the source' },
  'selectors.watch': { ru: 'Следить', en: 'Watch this' },
  'selectors.save': { ru: 'Сохранить селекторы', en: 'Save the selectors' },
  'selectors.failed': {
    ru: 'Обновить показанное не удалось: нет связи с Молвой, или вход закончился. Нажмите «Прочитать страницу».',
    en: 'What is shown could not be brought up to date: no connection to Molva, or your login has ended. Press “Read the page”.',
  },
  'selectors.help': { ru: 'Как узнать селектор', en: 'How to find a selector' },
  'selectors.help.inspect': {
    ru: 'Откройте страницу в браузере, нажмите на сообщение правой кнопкой и выберите «Просмотреть код»: видно, как называется блок. Класс review пишется .review, свойство itemprop="author" пишется [itemprop="author"].',
    en: 'Open the page in your browser, right-click a post and choose “Inspect”: you see what the block is called. The class review is written .review, the property itemprop="author" is written [itemprop="author"].',
  },
  'selectors.help.attribute': {
    ru: 'Поля ищутся внутри сообщения. @ в конце берёт атрибут: h3 a@href, time@datetime. Несколько мест перечисляют через запятую: .plus, .minus.',
    en: 'Fields are looked for within a post. @ at the end takes an attribute: h3 a@href, time@datetime. Several places are parted by commas: .plus, .minus.',
  },
  'selectors.help.xpath': {
    ru: 'Можно писать и XPath: //div[@class="review"]; внутри сообщения он начинается с точки: .//time.',
    en: 'XPath may be written too: //div[@class="review"]; within a post it begins with a dot: .//time.',
  },
  'selectors.help.reviews': {
    ru: 'Пустой селектор сообщения: со страницы берутся отзывы, которые она сама разметила по schema.org.',
    en: 'Without a selector of a post, those reviews are taken which the page itself marks by schema.org.',
  },
  'selectors.markup': { ru: 'Разметка первого сообщения', en: 'Markup of the first post' },
  'selectors.summary.list': {
    ru: 'Сообщений на странице: {found}. Соберётся: {collected}.',
    en: 'Posts on the page: {found}. Would be collected: {collected}.',
  },
  'selectors.summary.sampled': {
    ru: 'Сообщений на странице: {found}. Из первых {sampled} соберётся: {collected}.',
    en: 'Posts on the page: {found}. Of the first {sampled} would be collected: {collected}.',
  },
  'selectors.summary.reviews': {
    ru: 'Отзывов по schema.org на странице: {found}.',
    en: 'Reviews by schema.org on the page: {found}.',
  },
  'selectors.summary.page': {
    ru: 'Ссылок на сообщения: {found}. Ниже то, что стоит за первой.',
    en: 'Links to posts: {found}. Below is what stands behind the first.',
  },
  'selectors.summary.next': { ru: 'Следующая страница:', en: 'Next page:' },
  'selectors.links': { ru: 'Найденные ссылки', en: 'Links that were found' },
  'selectors.items': { ru: 'Что соберётся', en: 'What would be collected' },
  'selectors.items.first': { ru: 'Первые {n}.', en: 'The first {n}.' },
  'selectors.problem.text-needed': {
    ru: 'Сообщения найдены. Теперь покажите, где в них текст.',
    en: 'Posts are found. Now show where their text is.',
  },
  'selectors.problem.link-needed': {
    ru: 'Покажите ссылку, которая ведёт из списка на страницу сообщения, например a.title.',
    en: 'Show the link that leads from the list to a post’s page, such as a.title.',
  },
  'selectors.problem.no-items': {
    ru: 'Селектор сообщения ничего не находит на странице. Сверьте его с её разметкой; то, что сайт рисует скриптами, в ней не стоит.',
    en: 'The selector of a post finds nothing on the page. Compare it with the markup; what the site draws by scripts does not stand there.',
  },
  'selectors.problem.no-links': {
    ru: 'Ссылок на сообщения не найдено.',
    en: 'No links to posts were found.',
  },
  'selectors.problem.no-words': {
    ru: 'Ни в одном сообщении нет ни текста, ни заголовка: собирать нечего.',
    en: 'No post has a text or a title: there is nothing to collect.',
  },
  'selectors.problem.no-reviews': {
    ru: 'Отзывов, размеченных по schema.org, на странице нет. Напишите, где стоит одно сообщение, например .review.',
    en: 'The page marks no reviews by schema.org. Write where one post stands, such as .review.',
  },
  'selectors.problem.mistake': {
    ru: 'В селекторе ошибка: она отмечена выше. Пока она есть, источник не сохранить.',
    en: 'A selector has a mistake, marked above. Until it is mended the source cannot be saved.',
  },
  'selectors.at.nothing': { ru: 'Ничего не находит.', en: 'Finds nothing.' },
  'selectors.at.empty': { ru: 'Находит, но пустое.', en: 'Finds something that is empty.' },
  'selectors.at.no-date': {
    ru: 'Это не читается как дата. Возьмите место, где стоит только она, или атрибут: time@datetime.',
    en: 'This cannot be read as a date. Take a place with nothing else in it, or an attribute: time@datetime.',
  },
  'selectors.at.no-address': {
    ru: 'Это не адрес. Возьмите ссылку: a@href.',
    en: 'This is no address. Take a link: a@href.',
  },
  'selectors.at.no-rating': {
    ru: 'Числа или звёзд здесь нет. Оценка часто стоит в атрибуте: [itemprop="ratingValue"]@content.',
    en: 'There is no number and no star. A rating is often in an attribute: [itemprop="ratingValue"]@content.',
  },
  'selectors.at.some-empty': {
    ru: 'Есть сообщения без текста: {n}. Если текст бывает в разных местах, перечислите их через запятую.',
    en: 'Posts without text: {n}. If the text may stand in several places, part them by commas.',
  },
  'selectors.at.repeated': {
    ru: 'У нескольких сообщений одно и то же: они посчитаются за одно. Возьмите то, что у каждого своё.',
    en: 'Several posts have the same: they would count as one. Take what differs in each.',
  },
  'selectors.at.whole-page': {
    ru: 'Ищет по всей странице, а не внутри сообщения. Начните с точки: .//',
    en: 'Looks at the whole page, not within the post. Begin with a dot: .//',
  },
  'selectors.at.slow': {
    ru: 'Перебирает слишком много. Сделайте точнее: назовите класс или элемент.',
    en: 'Looks through too much. Make it more exact: name a class or an element.',
  },
  'selectors.mistake': { ru: 'Знак {at}: {message}', en: 'Character {at}: {message}' },
  'selectors.trouble.too-slow-to-read': {
    ru: 'За пять секунд не справились. Скорее всего, последний изменённый селектор перебирает слишком много: сделайте его точнее.',
    en: 'Five seconds were not enough. Probably the selector changed last looks through too much: make it more exact.',
  },
  'selectors.trouble.sample': {
    ru: 'Страница за первой ссылкой не прочитана.',
    en: 'The page behind the first link was not read.',
  },
  'selectors.notyet': {
    ru: 'Пока не сохранено: собирать ещё нечего, или в селекторе ошибка. Что поправить, отмечено ниже.',
    en: 'Not saved yet: there is nothing to collect, or a selector has a mistake. What to mend is marked below.',
  },
  'selectors.known': {
    ru: 'За этой страницей уже следят («{name}»). Если сохранить, селекторы заменятся у неё.',
    en: 'This page is watched already (“{name}”). Saving replaces its selectors.',
  },
  'selectors.saved': {
    ru: 'Селекторы сохранены. Страницы будут прочитаны по ним заново в ближайшую минуту.',
    en: 'The selectors are saved. The pages are read anew by them within a minute.',
  },
} as const satisfies Record<string, Record<Language, string>>;
