/**
 * Every box marked `data-query` shows what its words mean while they are typed, underlines what cannot be read, and completes
 * fields, values, operators and names of saved queries. The box stays what it is: a painted copy of its text lies over it, which
 * takes no part in anything else. Without scripts, and wherever the copy would not lie exactly over the text, the box is plain.
 */
import { createPopup } from './query-popup.js';
import { createSuggester } from './query-suggest.js';
import { createTokenizer } from './query-tokens.js';

const WAIT_MS = 300;
const BASE = '/topics/language';
const known = new Map();

/** Words of the language in the reader's language; asked for once a page. */
function wordsFor(use) {
  if (!known.has(use))
    known.set(
      use,
      fetch(`${BASE}/words?use=${use}`).then((response) => {
        if (!response.ok) throw new Error('no words');
        return response.json();
      }),
    );
  return known.get(use);
}

async function readIssues(box, signal) {
  const token = document.querySelector('input[name="_csrf"]')?.value ?? '';
  const body = new URLSearchParams({
    query: box.value,
    use: box.dataset.query,
    self: box.dataset.querySelf ?? '',
  });
  const headers = { 'x-csrf-token': token };
  const response = await fetch(`${BASE}/read`, { method: 'POST', body, headers, signal });
  return response.ok ? (await response.json()).issues : [];
}

function make(tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

/** Where colours and underlines change. */
function bordersOf(text, pieces, issues) {
  const borders = new Set([0, text.length]);
  for (const { start, end } of [...pieces, ...issues]) borders.add(start).add(Math.min(end, text.length));
  return [...borders].sort((one, two) => one - two);
}

/** The text in pieces, each in its colour. */
function paintedParts(text, pieces, issues) {
  const borders = bordersOf(text, pieces, issues);
  const parts = [];
  let next = 0;
  for (let index = 0; index + 1 < borders.length; index += 1) {
    const [start, end] = [borders[index], borders[index + 1]];
    while (next < pieces.length && pieces[next].end <= start) next += 1;
    const piece = pieces[next]?.start <= start ? pieces[next] : null;
    const isBad = issues.some((issue) => issue.start <= start && start < issue.end);
    const shown = text.slice(start, end);
    if (!piece && !isBad) {
      parts.push(shown);
      continue;
    }
    const part = make('span', `${piece ? `q-${piece.kind}` : ''}${isBad ? ' q-bad' : ''}`);
    part.textContent = shown;
    parts.push(part);
  }
  return parts;
}

/** Puts the painted copy over the box. */
function createPaint(box) {
  const frame = make('span', 'query-box');
  const paint = make('span', 'query-paint');
  paint.setAttribute('aria-hidden', 'true');
  const hadFocus = document.activeElement === box;
  box.replaceWith(frame);
  frame.append(box, paint);
  if (hadFocus) box.focus();
  const follow = () => {
    paint.scrollTop = box.scrollTop;
    paint.scrollLeft = box.scrollLeft;
  };
  /** A copy that wraps its lines otherwise would show other text than there is. */
  const check = () => {
    const isExact = Math.abs(paint.scrollHeight - box.scrollHeight) <= 2;
    frame.classList.toggle('painted', isExact);
    follow();
  };
  // Moving the caret scrolls a line without a word.
  for (const event of ['scroll', 'keyup', 'pointerup', 'focus', 'blur'])
    box.addEventListener(event, () => requestAnimationFrame(follow));
  new ResizeObserver(check).observe(box);
  return (pieces, issues) => {
    // The last line end of a box makes a line, that of other elements does not.
    paint.replaceChildren(...paintedParts(box.value, pieces, issues), '\u200b');
    check();
  };
}

/** Length of what both texts begin with. */
function sameStart(one, two) {
  let at = 0;
  while (at < one.length && one[at] === two[at]) at += 1;
  return at;
}

function enhance(box, words, id) {
  const tokenize = createTokenizer(words);
  const suggest = createSuggester(words);
  const paint = createPaint(box);
  const below = make('span', 'query-below');
  const note = make('span', 'query-note error');
  note.id = `${id}-note`;
  note.setAttribute('role', 'status');
  // In a live form the page itself says what is wrong, and in one line there is no room for it.
  const isLine = box.tagName === 'INPUT';
  const isTold = isLine || box.closest('form[data-live]') !== null;
  const popup = createPopup(box, below, { id, words, suggest });
  below.append(note);
  if (isLine) box.parentElement.append(below);
  else (box.closest('label') ?? box.parentElement).after(below);
  let [issues, shown, timer] = [[], '', 0];
  let asking = new AbortController();

  function repaint() {
    paint(tokenize(box.value), issues);
  }

  function tell() {
    const [first] = issues;
    box.toggleAttribute('aria-invalid', Boolean(first));
    if (first) box.setAttribute('aria-invalid', 'true');
    note.textContent = first && !isTold ? `${first.line}:${first.column} ${first.message}` : '';
    if (!isTold) box.setAttribute('aria-describedby', note.id);
    repaint();
  }

  async function read() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const found = box.value.trim() === '' ? [] : await readIssues(box, signal);
      if (signal.aborted) return;
      issues = found;
      tell();
    } catch {
      // Away or superseded: colours stay, and saving tells the mistakes too.
    }
  }

  box.addEventListener('input', () => {
    // What is on its way is about another text.
    asking.abort();
    const same = sameStart(shown, box.value);
    shown = box.value;
    issues = issues.filter(({ end }) => end <= same);
    repaint();
    clearTimeout(timer);
    timer = setTimeout(read, WAIT_MS);
  });
  box.form?.addEventListener('reset', () => setTimeout(repaint));
  shown = box.value;
  repaint();
  if (box.value.trim() !== '') read();
  popup.listen();
}

for (const [index, box] of document.querySelectorAll('[data-query]').entries())
  wordsFor(box.dataset.query)
    .then((words) => enhance(box, words, `query-${index}`))
    // Without its words the box is a plain one.
    .catch(() => undefined);
