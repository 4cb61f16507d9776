/** A page around an article, as blogs have it: navigation, sidebar, sharing, related posts, comments, footer. */
export const WORDS =
  'The new branch on Green Street opens its doors on weekdays, and the queue at the counter was shorter than we had feared, which pleased everyone who came along. ';
export const RUSSIAN_WORDS =
  'Новое отделение на Зелёной улице открывается по будням, и очередь у окна оказалась короче, чем мы опасались, что порадовало всех, кто пришёл вместе с нами. ';

export function paragraphs(count: number, words = WORDS): string {
  return Array.from({ length: count }, (_, at) => `<p>${at + 1}. ${words}</p>`).join('');
}

export function blogPage(inner: string, head = ''): string {
  return `<!doctype html><html lang="en-GB"><head><title>A quiet opening | The Daily Lamp</title>${head}</head><body>
    <nav class="main-menu"><ul><li><a href="/">Home</a></li><li><a href="/about">About the lamp</a></li></ul></nav>
    <div class="content"><article><h1>A quiet opening</h1>${inner}</article></div>
    <div class="sidebar"><h3>Popular posts</h3><ul><li><a href="/1">Sidebar story one</a></li></ul></div>
    <footer>Copyright 2019 The Daily Lamp</footer></body></html>`;
}

export const CONTEXT = { now: new Date('2026-03-01T12:00:00Z'), zone: 0 };
export const URL_OF_PAGE = 'https://lamp.example/opening';
