/** Lines that stand between the paragraphs of articles everywhere and say nothing of their own. Each matches a whole line. */
const ANYWHERE: readonly RegExp[] = [
  // Advertising and empty players.
  /^(?:\W*(?:advertisement|advertising|advert|ad|sponsored(?: content)?|anzeige|werbung|реклама|на правах рекламы|publicidad|publicité|pubblicità|advertentie)\W*|article continues below.{0,40}|story continues below.{0,40}|continue reading below.{0,40}|(?:this )?(?:slideshow|video) requires javascript.?|media playback is unsupported.{0,40}|loading\W*)$/i,
  // Pointers to other articles.
  /^(?:related(?: (?:articles?|posts?|stories|story|content|reading|news|video|links?|topics?))?|read more(?: about)?|read (?:also|next|this)|also read|see also|more (?:on this|stories|news|from)|also on|don['’]t miss|recommended(?: (?:reading|articles|for you))?|you (?:may|might) (?:also )?(?:like|be interested in)|keep reading|must read|next article|previous article|up next|watch(?: now| more| live)?|читайте (?:также|ещ[её]|по теме|далее)|также читайте|смотрите также|смотри также|см\. также|по теме|материалы по теме|ещ[её] по теме|подробнее|похожие (?:статьи|записи|материалы)|рекомендуем|читать (?:далее|также|ещ[её])|lesen sie (?:auch|hier|mehr)|mehr zum thema|mehr themen|auch interessant|das könnte sie auch interessieren|siehe auch|weiterlesen|lire aussi|à lire aussi|voir aussi|à lire également|lea también|lee también|te puede interesar|ver también|le puede interesar|leggi anche|lees ook|leia (?:também|mais)|veja também|czytaj (?:też|także|również))\s*(?:[:|»>→…-].{0,200}|\s*)$/i,
  // Where a picture comes from.
  /^(?:\(?(?:photo|image|picture|video|foto|bild|фото|видео|иллюстрация|crédits? photos?|photo credit|image credit|credit|photo by|image by|photograph|photos|image source|bildquelle|bildnachweis|photo courtesy|featured image|getty images)\s*(?:[:©/]|by |credit:).{0,160}|image \d+ of \d+|\d+ of \d+|(?:image|media) ?(?:caption|copyright).{0,200}|.{0,60}(?:getty images|shutterstock|istock(?:photo)?|adobe stock|unsplash|pixabay)\W*)$/i,
  // Buttons.
  /^(?:share(?: (?:this|on|via|with|it).{0,60})?|tweet|print|email|e-mail|facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|copy link|save|like this:?|comments?|\d+ comments?|leave a (?:comment|reply)|no comments|reply|follow(?: us)?|subscribe|sign (?:up|in)|log in|tags?:?|tagged:?|topics?:?|категори[яи]:?|метки:?|теги:?|поделиться.{0,60}|комментарии.{0,20}|подписаться|подпишитесь|teilen|drucken|merken|kommentare?|schlagworte:?|partager|imprimer|compartir|read more|show more|skip to.{0,30}|back to top|jump to.{0,30}|view all posts|tell us what you think.{0,5})$/i,
  // Invitations.
  /^(?:[>»•*\s]*)(?:(?:please )?(?:follow|like|find) (?:us|me|him|her|our|@|the author|\S{2,30} on (?:twitter|facebook|instagram)).{0,200}|(?:sign up|subscribe|register)(?: now| here| today)? (?:for|to|and|in|with).{0,250}|get (?:the latest|our|more).{0,120}(?:inbox|newsletter|email|e-mail).{0,100}|join (?:our|us|the conversation|the discussion).{0,200}|(?:have|got) (?:a|any) (?:tip|story|news tip|question|comment).{0,200}|download (?:our|the).{0,60}app.{0,60}|for more .{0,60}(?:newsletter|subscribe|visit our|follow us).{0,100}|like this (?:story|article|post)\?.{0,100}|what do you think\?.{0,80}|(?:you can )?(?:contact|email|reach|e-mail) .{0,60} (?:at|on) \S+@\S+.{0,120}|подпис(?:ывайтесь|ыв?айся|аться|ки|ите).{0,160}|присоединяйтесь.{0,120}|следите за.{0,120}|нашли ошибку.{0,160}|если вы (?:нашли|заметили|обнаружили).{0,30}(?:ошибку|опечатку).{0,160}|(?:abonnieren|folgen) sie .{0,160}|abonnez-vous.{0,160}|suscr[ií]b(?:ete|ase).{0,160}|s[ií]gue(?:nos|n).{0,160}|únete.{0,160})$/i,
  // Rights.
  /^(?:(?:copyright\W{0,3}|©|\(c\) ?)[^.]{0,80}(?:\d{4}|rights reserved).{0,200}|.{0,120}all rights reserved.{0,120}|(?:все|авторские) права защищены.{0,120}|alle rechte vorbehalten.{0,60}|tous droits réservés.{0,60}|todos los derechos reservados.{0,60}|this (?:material|document) (?:may not be|is subject to copyright).{0,250}|(?:we|this (?:post|article|page|site)).{0,60}(?:affiliate|commission).{0,200}|.{0,40}may earn (?:an? )?(?:affiliate )?commission.{0,200}|(?:this (?:article|story|post) )?(?:was )?originally (?:published|appeared) (?:on|in|at).{0,120})$/i,
];

/** Lines above the text: who wrote it, when, and how long it takes to read. */
const OPENING: readonly RegExp[] = [
  /^(?:(?:last )?(?:updated|modified|published|posted|created|erstellt|veröffentlicht|aktualisiert|stand|опубликовано|обновлено|дата)\b.{0,80}\d.{0,40}|\d{1,3} ?(?:min(?:ute)?s?|мин(?:ут[аы]?)?|minuten?)\.?(?: ?(?:read|to read|чтения|на чтение|lesezeit|lesedauer).{0,20})|(?:reading time|estimated reading time|время чтения|lesezeit|lesedauer|temps de lecture)\b.{0,30})$/i,
  /^(?:by|von|par|автор|текст|written by|reviewed by|story by|words by|by:)\s*:?\s+\S.{1,70}$/i,
  /^[^.!?]{0,20}\b\d{1,2}\.? ?[\p{L}]{3,10}\.?,? \d{4}[^.!?]{0,30}$/iu,
  /^[^.!?]{0,20}\b[\p{L}]{3,10}\.? \d{1,2},? \d{4}[^.!?]{0,30}$/iu,
  /^\W{0,3}\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\W{0,3}(?:\d{1,2}:\d{2}.{0,12})?$/,
];

/** Headings below which nothing of the article follows. */
const ENDING =
  /^\W{0,3}(?:related (?:articles|posts|stories|content|reading|news|topics|links)|(?:more|other) (?:great |top )?[\p{L}\d' ]{0,30}(?:stories|articles|news|posts|from [\p{L}\d' ]{2,30})|you (?:may|might) also (?:like|enjoy)|recommended (?:articles|for you|reading|posts)|recent posts|latest (?:posts|articles|news)|popular posts|trending(?: now)?|about the authors?|about [\p{L}.]+ [\p{L}.]+|author bio|share this.{0,30}|leave a (?:comment|reply)|comments(?: \(\d+\))?|\d+ (?:comments|responses|thoughts on .{1,100})|post navigation|previous (?:post|article)|next (?:post|article)|похожие (?:статьи|записи|материалы|новости)|читайте также|материалы по теме|другие новости|комментари(?:и|ев).{0,20}|об авторе|ähnliche (?:beiträge|artikel)|weitere (?:artikel|beiträge|themen|nachrichten)|empfohlene (?:beiträge|artikel)|das könnte (?:sie|dich|euch) auch interessieren.{0,5}|das thema könnte dich.{0,40}|beiträge zum thema|mehr zum thema|auch interessant|articles (?:similaires|liés)|sur le même sujet|dans la même rubrique|noticias relacionadas|artículos relacionados|te puede interesar|articoli correlati|posts relacionados|leia também)\W{0,3}$/iu;

export function isBoilerplateLine(line: string): boolean {
  return line.length < 400 && ANYWHERE.some((pattern) => pattern.test(line));
}

export function isOpeningLine(line: string): boolean {
  return line.length < 120 && OPENING.some((pattern) => pattern.test(line));
}

export function isEndingLine(line: string): boolean {
  return line.length < 120 && ENDING.test(line);
}
