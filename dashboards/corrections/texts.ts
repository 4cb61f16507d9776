/** Sentences of corrections. */
export const CORRECTION_TEXTS = {
  'correct.whole': { ru: 'Сообщение в целом', en: 'The post as a whole' },
  'correct.keys': {
    ru: 'Клавиши написаны на кнопках и действуют по месту, в любой раскладке; {next}: следующая карточка, {undo}: отменить.',
    en: 'Keys stand on the buttons and work by their place, in any layout; {next}: next card, {undo}: undo.',
  },
  'correct.tone': { ru: 'Тон', en: 'Tone' },
  'correct.complaint': { ru: 'Жалоба', en: 'Complaint' },
  'correct.complaint.yes': { ru: 'жалоба', en: 'complaint' },
  'correct.complaint.no': { ru: 'не жалоба', en: 'no complaint' },
  'correct.language': { ru: 'Язык', en: 'Language' },
  'correct.language.und': { ru: 'не определить', en: 'cannot be told' },
  'correct.language.other': { ru: 'другой, код ISO', en: 'another, ISO code' },
  'correct.right': { ru: 'Верно', en: 'Right' },
  'correct.undo': { ru: 'Отменить', en: 'Undo' },
  'correct.corrected': {
    ru: 'исправлено: {who}; разметка сказала «{before}»',
    en: 'corrected by {who}; the taggers said “{before}”',
  },
  'correct.confirmed': { ru: 'подтверждено: {who}', en: 'confirmed by {who}' },
  'correct.saved': {
    ru: 'Исправление сохранено и действует. Оно пригодится и для обучения.',
    en: 'The correction is saved and counts from now on. It will serve training too.',
  },
  'correct.undone': { ru: 'Исправление отменено.', en: 'The correction is undone.' },
  'correct.same': { ru: 'Так уже отмечено.', en: 'It was marked so before.' },
  'correct.edited': {
    ru: 'Пока вы смотрели, текст изменился или размечается заново. Перечитайте его и исправьте ещё раз: ничего не сохранено.',
    en: 'The text has changed since the page was shown, or is being read anew. Look at it again and correct once more: nothing was saved.',
  },
  'correct.late': {
    ru: 'Отменять нечего: это исправление уже не действует.',
    en: 'There is nothing to undo: this correction does not count any more.',
  },
  'correct.mistake': { ru: 'Поле {field}: {message}', en: 'Field {field}: {message}' },
  'correct.history': { ru: 'Все исправления', en: 'All corrections' },
  'correct.history.undo': { ru: 'отменено исправление: {kind}', en: 'undone: {kind}' },
  'correct.history.line': { ru: '{kind}: {before} → {after}', en: '{kind}: {before} → {after}' },
  'correct.history.right': { ru: '{kind}: {after}, подтверждено', en: '{kind}: {after}, confirmed' },
  'correct.case': {
    ru: 'Обращение открыто, но это уже не считается жалобой.',
    en: 'A case is open, though this is not taken for a complaint any more.',
  },
  'correct.case.close': { ru: 'Закрыть обращение', en: 'Close the case' },
  'retag.progress': {
    ru: 'Разметка обновляется ({kinds}): {done} из {total}.',
    en: 'Tags are being made again ({kinds}): {done} of {total}.',
  },
  'action.tag.corrected': { ru: 'исправлена разметка', en: 'tag corrected' },
  'action.tag.undone': { ru: 'исправление разметки отменено', en: 'correction of a tag undone' },
} as const;
