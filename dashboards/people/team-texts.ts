/** Teams, and what their members see. */
export const TEAM_TEXTS = {
  'teams.title': { ru: 'Команды', en: 'Teams' },
  'teams.lead': {
    ru: 'Кто состоит в команде, видит упоминания, обращения, истории и тревоги только её тем. Кто не состоит ни в одной, видит всё.',
    en: 'Who is in a team sees mentions, cases, stories and alerts of its topics only. Who is in none sees everything.',
  },
  'teams.none': {
    ru: 'Команд ещё нет: все видят все темы. Создайте команду, чтобы разделить темы между людьми.',
    en: 'No teams yet: everybody sees all topics. Make a team to share topics out among people.',
  },
  'teams.name': { ru: 'Название', en: 'Name' },
  'teams.add': { ru: 'Создать команду', en: 'Make a team' },
  'teams.taken': { ru: 'Такая команда уже есть.', en: 'There is a team of this name.' },
  'teams.mistake.name': { ru: 'Назовите команду: до 60 знаков.', en: 'Name the team: up to 60 characters.' },
  'teams.topics': { ru: 'Темы', en: 'Topics' },
  'teams.members': { ru: 'Люди', en: 'People' },
  'teams.save': { ru: 'Сохранить', en: 'Save' },
  'teams.remove': { ru: 'Распустить', en: 'Dissolve' },
  'teams.done': { ru: 'Сохранено.', en: 'Saved.' },
  'teams.notopics': {
    ru: 'У команды нет тем: её люди не видят упоминаний.',
    en: 'This team has no topics: its people see no mentions.',
  },
  'action.team.added': { ru: 'создана команда', en: 'team made' },
  'action.team.changed': { ru: 'изменена команда', en: 'team changed' },
  'action.team.removed': { ru: 'распущена команда', en: 'team dissolved' },
} as const;
