/** Characters of a text that taggers read: what a longer one means, and whom it is about, it has said by then. */
export const READ_AT_MOST = 20_000;
