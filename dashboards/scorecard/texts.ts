/** Sentences of the scorecard. */
export const SCORECARD_TEXTS = {
  'menu.scorecard': { ru: 'Оценка', en: 'Scorecard' },
  'scorecard.title': { ru: 'Оценка разметки', en: 'Scorecard' },
  'scorecard.lead': {
    ru: 'Насколько верно Молва понимает тон и жалобы. Раз в неделю она наугад выбирает упоминания, вы отмечаете, как правильно, не видя её ответа, и по этому считается точность на всех упоминаниях.',
    en: 'How well Molva reads tone and complaints. Once a week it draws mentions at random, you say what is right without seeing its answer, and from that follows how well it does on all mentions.',
  },
  'scorecard.sample': { ru: 'Выборка', en: 'Sample' },
  'scorecard.none': {
    ru: 'Выборки пока нет. Она появляется в понедельник ночью (UTC): упоминания за прошедшую неделю, поровну по языкам и видам источников. Отметить её клавишами можно минуты за три.',
    en: 'There is no sample yet. One is drawn on Monday night (UTC): mentions of the past week, evenly by language and kind of source. Labelling it by keys takes about three minutes.',
  },
  'scorecard.left': {
    ru: 'Найдено с {from} по {to}: осталось отметить {open} из {total}, около {minutes} мин.',
    en: 'Found from {from} to {to}. Left to label: {open} of {total}, about {minutes} min.',
  },
  'scorecard.complete': {
    ru: 'Найдено с {from} по {to}: отмечено {labelled} из {total}. Следующая выборка в понедельник.',
    en: 'Found from {from} to {to}. Labelled: {labelled} of {total}. The next sample is drawn on Monday.',
  },
  'scorecard.start': { ru: 'Отмечать', en: 'Label' },
  'scorecard.draw': { ru: 'Выбрать сейчас', en: 'Draw now' },
  'scorecard.drawn': { ru: 'Выбрано упоминаний: {n}.', en: 'Mentions drawn: {n}.' },
  'scorecard.drawn.none': {
    ru: 'Выбирать не из чего: с прошлой выборки новых упоминаний нет.',
    en: 'There is nothing to draw from: no new mentions since the last sample.',
  },
  'scorecard.finished': { ru: 'Всё отмечено. Спасибо.', en: 'All is labelled. Thank you.' },
  'scorecard.back': { ru: 'Назад', en: 'Back' },
  'scorecard.skip': { ru: 'Пропустить', en: 'Skip' },
  'scorecard.save': { ru: 'Сохранить', en: 'Save' },
  'scorecard.next': { ru: 'К неотмеченным', en: 'To what is left' },
  'scorecard.at': { ru: '{at} из {total}', en: '{at} of {total}' },
  'scorecard.blind': {
    ru: 'Что сказала Молва, здесь намеренно не видно: иначе ответ невольно подстроится и оценка выйдет завышенной. Сравнение появится на странице оценки.',
    en: 'What Molva said is hidden here on purpose: it would sway the answer and flatter the figures. The comparison stands on the scorecard page.',
  },
  'scorecard.tone': { ru: 'Тон по отношению к теме «{topic}»', en: 'Tone towards “{topic}”' },
  'scorecard.tone.unsure': { ru: 'не понять', en: 'cannot tell' },
  'scorecard.complaint': {
    ru: 'Жалоба: человек просит или заслуживает, чтобы исправили',
    en: 'Complaint: somebody asks, or deserves, to be put right',
  },
  'scorecard.keys': {
    ru: 'Ответы и действия нажимаются клавишами, которые на них написаны, в любой раскладке. Когда есть оба ответа, карточка сохраняется сама.',
    en: 'Answers and actions are pressed by the keys that stand on them, in any layout. With both answers given the card is saved by itself.',
  },
  'scorecard.whole': { ru: 'Весь текст', en: 'The whole text' },
  'scorecard.gone': {
    ru: 'То упоминание удалено или больше не относится к теме. Вот следующее.',
    en: 'That mention was deleted, or is not about the topic any more. Here is the next one.',
  },
  'scorecard.known': {
    ru: 'То упоминание уже отмечено, второй раз ничего не сохранено. Вот следующее.',
    en: 'That mention was labelled before; nothing was saved twice. Here is the next one.',
  },
  'scorecard.missing': {
    ru: 'Ответьте на оба вопроса или пропустите карточку.',
    en: 'Answer both questions, or skip the card.',
  },
  'scorecard.figures': { ru: 'Качество', en: 'Quality' },
  'scorecard.figures.none': {
    ru: 'Пока считать не по чему. После первых отметок здесь появятся точность, полнота и F1 с интервалами: чем больше отметок, тем они уже.',
    en: 'There is nothing to count yet. After the first labels precision, recall and F1 stand here with their intervals: the more labels, the narrower.',
  },
  'scorecard.how': { ru: 'Как это считается', en: 'How this is worked out' },
  'scorecard.how.1': {
    ru: 'Точность: сколько из того, что Молва так назвала, названо верно. Полнота: сколько из того, что таково на деле, она нашла. F1 сводит их в одно число; у тона общий F1 — среднее по трём тонам.',
    en: 'Precision: how much of what Molva called so is so. Recall: how much of what is so it found. F1 makes one number of both; for tone the overall F1 is the mean of the three tones.',
  },
  'scorecard.how.2': {
    ru: 'Каждая отметка весит столько, сколько упоминаний за ней стоит, поэтому числа говорят обо всех упоминаниях этих недель, а не о выборке. Скрытого в корзину в них нет.',
    en: 'Each label weighs as much as the mentions it stands for, so the figures speak of all mentions of these weeks and not of the sample. What is hidden in the basket is left out.',
  },
  'scorecard.how.3': {
    ru: 'В скобках интервал на 95 %. Сравнивается с тем, что Молва говорила в момент отметки; позднейшая переразметка ничего не меняет.',
    en: 'The range is the 95 % interval. Compared is what Molva said when the label was given; tags made again later change nothing.',
  },
  'scorecard.how.4': {
    ru: 'Ответ Молвы «не уверены» считается пропуском тона. Отметки «не понять» в тоне не участвуют.',
    en: 'Where Molva is not sure, it has missed the tone. Labels of “cannot tell” are left out of tone.',
  },
  'scorecard.how.5': {
    ru: 'Отметки действуют как исправления: сразу видны везде и служат обучению.',
    en: 'Labels count as corrections: they show everywhere at once, and serve training.',
  },
  'scorecard.covered': {
    ru: 'Отметки представляют {share} упоминаний: в остальных группах пока ничего не отмечено.',
    en: 'The labels speak for {share} of the mentions: in the other groups nothing is labelled yet.',
  },
  'scorecard.measure.tone': { ru: 'Тон', en: 'Tone' },
  'scorecard.measure.complaint': { ru: 'Жалобы', en: 'Complaints' },
  'scorecard.group': { ru: 'Где', en: 'Where' },
  'scorecard.group.all': { ru: 'все языки', en: 'all languages' },
  'scorecard.class': { ru: 'Что', en: 'What' },
  'scorecard.class.macro': { ru: 'в среднем', en: 'on average' },
  'scorecard.class.complaint': { ru: 'жалоба', en: 'complaint' },
  'scorecard.precision': { ru: 'Точность', en: 'Precision' },
  'scorecard.recall': { ru: 'Полнота', en: 'Recall' },
  'scorecard.f1': { ru: 'F1', en: 'F1' },
  'scorecard.labels': { ru: 'Отметок', en: 'Labels' },
  'scorecard.of': { ru: 'из {n}', en: 'of {n}' },
  'scorecard.version': {
    ru: 'Модели {version}: найдено с {from} по {to}',
    en: 'Models {version}: found from {from} to {to}',
  },
  'scorecard.version.old': {
    ru: 'Прежние модели {version}: найдено с {from} по {to}',
    en: 'Earlier models {version}: found from {from} to {to}',
  },
  'scorecard.version.unknown': { ru: 'неизвестной версии', en: 'of an unknown version' },
  'scorecard.weeks': { ru: 'По неделям', en: 'By week' },
  'scorecard.weeks.tone': { ru: 'Тон, средний F1', en: 'Tone, mean F1' },
  'scorecard.weeks.complaint': { ru: 'Жалобы, F1', en: 'Complaints, F1' },
  'scorecard.weeks.chart': {
    ru: '{what} по неделям: точка — оценка, черта — интервал на 95 %, пунктир — смена моделей',
    en: '{what} by week: a dot is the estimate, a bar its 95 % interval, a dashed line a change of models',
  },
  'scorecard.weeks.table': { ru: 'То же таблицей', en: 'The same as a table' },
  'scorecard.week': { ru: 'Неделя', en: 'Week' },
  'scorecard.week.new': { ru: 'новые модели', en: 'new models' },
  'scorecard.fall': { ru: 'Качество упало', en: 'Quality has fallen' },
  'scorecard.fall.line': {
    ru: '{what}, {language}: F1 было {before}, стало {now}. Разница {points} п. п. ({low}–{high}), это больше, чем случайность.',
    en: '{what}, {language}: F1 was {before}, is {now}. Lower by {points} points ({low}–{high}), which is more than chance.',
  },
  'scorecard.fall.models': {
    ru: 'За это время сменились модели: вероятно, дело в них. Верните прежние: molva model rollback.',
    en: 'The models were changed meanwhile: it is probably them. Take the earlier ones back: molva model rollback.',
  },
  'scorecard.fall.talk': {
    ru: 'Модели те же: люди стали писать о другом или иначе.',
    en: 'The models are the same: people write of other things, or in another way.',
  },
  'scorecard.fall.next': {
    ru: 'Посмотрите, где Молва ошиблась, и обучите её на исправлениях: molva model train.',
    en: 'Look where Molva was wrong, and train it on the corrections: molva model train.',
  },
  'scorecard.fall.link': { ru: 'К ошибкам', en: 'To the mistakes' },
  'scorecard.fall.page': { ru: 'К оценке', en: 'To the scorecard' },
  'scorecard.mistakes': { ru: 'Где Молва ошиблась', en: 'Where Molva was wrong' },
  'scorecard.mistakes.none': {
    ru: 'Среди отмеченного ошибок нет.',
    en: 'There are no mistakes among what was labelled.',
  },
  'scorecard.mistake': {
    ru: '{what}: Молва сказала «{machine}», верно «{person}»',
    en: '{what}: Molva said “{machine}”, right is “{person}”',
  },
  'action.scorecard.labelled': { ru: 'отмечено для оценки', en: 'labelled for the scorecard' },
  'action.scorecard.drawn': { ru: 'выбраны упоминания для оценки', en: 'mentions drawn for the scorecard' },
} as const;
