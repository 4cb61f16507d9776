const TAKEN_AWAY =
  /^(?:this |данное |это )?(?:post|message|comment|reply|сообщение|пост|комментарий)(?: \S+)? (?:(?:has been|was|is|был[оа]?) )?(?:deleted|removed|удал[её]н|скрыт)|^\[?(?:deleted|removed|удалено)\]?\.?$/i;
const MAX_CHARS = 100;

/** Does a placeholder stand here instead of what somebody wrote? */
export function isPlaceholder(text: string): boolean {
  return text.length <= MAX_CHARS && TAKEN_AWAY.test(text);
}
