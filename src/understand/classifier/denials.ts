/** Words that turn what follows them into its opposite, folded. */
export const DENIALS: ReadonlySet<string> = new Set(
  "не ни нет без нельзя never not no cannot don't doesn't didn't can't won't isn't wasn't aren't couldn't wouldn't shouldn't without".split(
    ' ',
  ),
);
