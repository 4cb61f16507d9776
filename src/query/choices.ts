import type { Language } from '../model/user.ts';

/** What stands after a field that takes one of a few words, in both languages: the words themselves are English. */
const ROWS = `
article|статья|an article
post|сообщение|a post
comment|комментарий|a comment
negative|негатив|speaks ill
neutral|нейтрально|neither good nor ill
positive|позитив|speaks well
unsure|не уверены|not sure
complaint|жалоба|a complaint
question|вопрос|a question
thanks|благодарность|thanks
recommendation|совет|a recommendation
comparison|сравнение|a comparison
news|новость|news
advert|реклама|an advertisement
vacancy|вакансия|a vacancy
giveaway|розыгрыш|a giveaway
reply|ответ|a reply
spam|спам|spam
other|прочее|something else
alert|почти наверняка жалоба|almost surely a complaint
review|может быть жалобой|may be a complaint
none|не жалоба|no complaint
MVC|самый ценный клиент|most valuable customer
MGC|клиент, который может купить больше|most growable customer
BZC|клиент, который дороже, чем приносит|below zero customer
new|новое|nobody has seen it
seen|просмотрено|somebody has seen it
in_work|в работе|somebody works on it
answered|отвечено|it was answered
closed|закрыто|it is closed
not_us|не о нас|it is not about us
image|картинка|a picture
link|ссылка|a link
phone|телефон|a phone number
email|почтовый адрес|a mail address
fault|слова о том, что не так|words of what went wrong
customer|автор — наш клиент|its author is a customer
case|есть обращение|a case
repost|чужая запись, которой поделились|another’s post, passed on
official|написано нашим аккаунтом|written by an account of ours
duplicate|копия другого текста|a copy of another text
edited|автор изменил текст|changed by its author
deleted|удалено автором|taken down
unanswered|ещё без ответа|not answered yet
matched|автор узнан среди клиентов|its author was found among customers
`;

const MEANINGS: ReadonlyMap<string, Readonly<Record<Language, string>>> = new Map(
  ROWS.trim()
    .split('\n')
    .map((row) => {
      const [choice = '', ru = '', en = ''] = row.split('|');
      return [choice, { ru, en }];
    }),
);

/** What a choice of a field means; '' of a word that is none. */
export function meaningOf(choice: string, language: Language): string {
  return MEANINGS.get(choice)?.[language] ?? '';
}
