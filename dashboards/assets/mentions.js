// The list of mentions: posts open beside it, keys walk through it, what is new waits until it is asked for. Every link and button works without.
import { listenToKeys } from './key-places.js';

const pane = document.getElementById('pane');
const closes = pane.querySelector('.closes');
const reader = pane.querySelector('[data-reader]');
const rows = document.querySelector('[data-rows]');
const desk = document.querySelector('.desk');
const bulk = document.getElementById('bulk');
const links = () => [...rows.querySelectorAll('[data-document]')];
const rowOf = (link) => link.closest('.mention');
const picks = () => [...rows.querySelectorAll('input[name="pick"]')];

let opening = new AbortController();
let place = -1;

function listAddress() {
  const url = new URL(location.href);
  url.searchParams.delete('open');
  return url;
}

/** Shows what the server has drawn; scripts cannot come with it, and inline ones would not run. */
function show(id, markup) {
  const drawn = new DOMParser().parseFromString(markup, 'text/html');
  closes.querySelector('[data-close]').href = listAddress();
  closes.querySelector('[data-alone]').href = `/mentions/${id}`;
  closes.hidden = false;
  reader.replaceChildren(...drawn.body.childNodes);
  pane.scrollTop = 0;
  desk.classList.add('has-open');
  for (const link of links()) {
    if (link.dataset.document === id) rowOf(link).setAttribute('aria-current', 'true');
    else rowOf(link).removeAttribute('aria-current');
  }
  document.dispatchEvent(new Event('molva:shown'));
}

async function fetchPane(id, query = '') {
  opening.abort();
  opening = new AbortController();
  pane.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(`/mentions/${id}?pane=1${query}`, { signal: opening.signal });
    if (!response.ok || response.redirected) return location.assign(`/mentions/${id}`);
    show(id, await response.text());
  } catch (error) {
    if (error.name !== 'AbortError') reader.textContent = pane.dataset.failed;
  }
  pane.removeAttribute('aria-busy');
}

async function open(link, { focus }) {
  const id = link.dataset.document;
  place = links().indexOf(link);
  const url = listAddress();
  url.searchParams.set('open', id);
  history.replaceState(null, '', url);
  await fetchPane(id);
  if (focus) pane.focus();
}

function close() {
  desk.classList.remove('has-open');
  for (const link of links()) rowOf(link).removeAttribute('aria-current');
  closes.hidden = true;
  reader.replaceChildren();
  document.dispatchEvent(new Event('molva:shown'));
  history.replaceState(null, '', listAddress());
  links()[place]?.focus();
}

rows.addEventListener('click', (event) => {
  const link = event.target.closest('[data-document]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  open(link, { focus: true });
});

pane.addEventListener('click', (event) => {
  if (!event.target.closest('[data-close]')) return;
  event.preventDefault();
  close();
});

/** Its row says what the post says now. */
async function redraw(id) {
  const response = await fetch(location.href);
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const find = (within) => within.querySelector(`[data-document="${id}"]`)?.closest('.mention');
  const [old, drawn] = [find(rows), find(page)];
  if (old && drawn) old.replaceWith(drawn);
}

/** What is said of the post is said without leaving the list. */
pane.addEventListener('submit', async (event) => {
  const form = event.target;
  const address = event.submitter?.getAttribute('formaction') ?? form.getAttribute('action');
  const action = new URL(address, location.href);
  if (!action.pathname.startsWith('/mentions/')) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  try {
    const response = await fetch(action, { method: 'POST', body });
    const after = new URL(response.url);
    const id = /^\/mentions\/(\d+)$/.exec(after.pathname)?.[1];
    if (response.ok && id) {
      await fetchPane(id, `&${after.searchParams}`);
      await redraw(id);
    } else {
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      reader.replaceChildren(...(page.getElementById('main')?.childNodes ?? []));
      document.dispatchEvent(new Event('molva:shown'));
    }
  } catch {
    form.submit();
  }
});

function step(by) {
  const all = links();
  if (all.length === 0) return;
  place = Math.min(all.length - 1, Math.max(0, place + by));
  const link = all[place];
  link.focus();
  rowOf(link).scrollIntoView({ block: 'nearest' });
  if (desk.classList.contains('has-open')) open(link, { focus: false });
}

function countPicked() {
  if (!bulk) return;
  const picked = picks().filter((box) => box.checked).length;
  const words = bulk.querySelector('[data-picked]');
  words.dataset.word ??= words.textContent;
  words.textContent = picked > 0 ? `${words.dataset.word}: ${picked}` : words.dataset.word;
}

function pickHere() {
  const box = links()[place] && rowOf(links()[place]).querySelector('input[name="pick"]');
  if (!box) return false;
  box.checked = !box.checked;
  countPicked();
  return true;
}

const PRESSES = {
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyX: pickHere,
  Escape: () => desk.classList.contains('has-open') && close(),
};

/** In the open post letters correct it; in the list they walk. */
listenToKeys((key) => {
  if (!(key in PRESSES) || document.querySelector('dialog[open]')) return false;
  if (key !== 'Escape' && pane.contains(document.activeElement)) return false;
  PRESSES[key]();
  return true;
});
document.addEventListener('focusin', ({ target }) => {
  const link = target.closest?.('[data-document]');
  if (link) place = links().indexOf(link);
});

if (bulk) {
  const all = bulk.querySelector('[data-pick-all]');
  all.addEventListener('change', () => {
    for (const box of picks()) box.checked = all.checked;
    countPicked();
  });
  rows.addEventListener('change', countPicked);
  bulk.addEventListener('submit', () => {
    bulk.elements.back.value = location.pathname + location.search;
  });
}

/** The next page is added below when its link comes into sight. */
const pager = document.querySelector('.pager');
async function addPage(next) {
  const response = await fetch(next.href);
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  rows.append(...(page.querySelector('[data-rows]')?.childNodes ?? []));
  const further = page.querySelector('.pager a[rel="next"]');
  if (!further) return next.remove();
  next.href = further.href;
  watch.observe(next);
}
const watch = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watch.unobserve(target);
    addPage(target);
  }
});
const next = pager?.querySelector('a[rel="next"]');
if (next) watch.observe(next);

/** What has come since waits behind a line: nothing that one reads moves. */
const fresh = document.querySelector('[data-live]');
if (fresh) {
  const events = new EventSource(fresh.dataset.live);
  events.addEventListener('fresh', (event) => {
    const { words } = JSON.parse(event.data);
    const link = fresh.querySelector('a');
    if (link.textContent !== words) link.textContent = words;
    fresh.hidden = false;
  });
  addEventListener('pagehide', () => events.close());
}

/** Drawing over bars of the timeline chooses their time. */
function brush(svg) {
  const bars = [...svg.querySelectorAll('a')];
  const drawn = svg.querySelector('.drawn');
  const width = svg.viewBox.baseVal.width;
  const barAt = ({ clientX }) => {
    const { left, width: wide } = svg.getBoundingClientRect();
    const at = Math.floor(((clientX - left) / wide) * bars.length);
    return Math.min(bars.length - 1, Math.max(0, at));
  };
  let from = null;
  svg.addEventListener('pointerdown', (event) => {
    from = barAt(event);
    event.preventDefault();
  });
  svg.addEventListener('pointermove', (event) => {
    if (from === null) return;
    const [a, b] = [from, barAt(event)].sort((x, y) => x - y);
    const one = width / bars.length;
    drawn.setAttribute('x', String(a * one));
    drawn.setAttribute('width', String((b - a + 1) * one));
  });
  addEventListener('pointerup', (event) => {
    if (from === null) return;
    const [a, b] = [from, barAt(event)].sort((x, y) => x - y);
    from = null;
    if (a === b) return;
    event.preventDefault();
    const url = listAddress();
    url.searchParams.delete('page');
    for (const [end, at] of [
      ['from', a],
      ['to', b],
    ])
      url.searchParams.set(end, new URL(bars[at].href.baseVal, location.href).searchParams.get(end));
    location.assign(url);
  });
}
const chart = () => document.querySelector('[data-brush] svg');
if (chart()) brush(chart());

/** Where counting would have taken long, the list came without it: how many there are, when, and of what, follows. */
async function countExactly(link) {
  const response = await fetch(link.href);
  if (!response.ok || response.redirected) return;
  const counted = new DOMParser().parseFromString(await response.text(), 'text/html');
  const take = (part) => {
    const known = counted.querySelector(part);
    if (known) document.querySelector(part)?.replaceWith(known);
  };
  take('.found');
  take('[data-times]');
  if (chart()) brush(chart());
  const boxes = [...document.querySelectorAll('.facet input')];
  const isTouched = boxes.some((box) => box.checked !== box.defaultChecked);
  if (isTouched || document.querySelector('.facet[open], .facet :focus')) return;
  const known = [...counted.querySelectorAll('.facet')];
  for (const [at, facet] of document.querySelectorAll('.facet').entries()) facet.replaceWith(known[at]);
}
const uncounted = document.querySelector('[data-exact]');
if (uncounted) countExactly(uncounted).catch(() => undefined);

/** Boxes of a filter stand above the list: they go when one looks elsewhere. */
function closeFacets(except) {
  for (const facet of document.querySelectorAll('.facet[open]'))
    if (!except || !facet.contains(except)) facet.open = false;
}
document.addEventListener('click', ({ target }) => closeFacets(target));
document.addEventListener('keydown', ({ key, target }) => {
  const facet = key === 'Escape' ? target.closest?.('.facet[open]') : null;
  if (!facet) return;
  facet.querySelector('summary').focus();
  closeFacets();
});
