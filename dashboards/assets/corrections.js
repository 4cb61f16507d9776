/**
 * Presses the button that bears a key's place on the keyboard, in the card that the reader is at. Nothing depends on it: the buttons
 * are there for everybody.
 */
const cards = [...document.querySelectorAll('[data-correct]')];
let isSent = false;
let current = cards.find((card) => `#${card.id}` === decodeURIComponent(location.hash)) ?? cards[0];

function show() {
  for (const card of cards) card.toggleAttribute('data-current', card === current);
}

function isTyping({ target }) {
  return target.closest?.('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null;
}

/** Digits stand in two places. */
function placeOf({ code }) {
  return code.replace(/^Numpad(?=\d$)/, 'Digit');
}

function next() {
  current = cards[(cards.indexOf(current) + 1) % cards.length];
  show();
  current.focus();
}

/** The newest of what can be undone there. */
function undoButton() {
  const buttons = [...current.querySelectorAll('[data-undo]')];
  return buttons.sort((a, b) => Number(b.dataset.undo) - Number(a.dataset.undo))[0];
}

function buttonFor(place) {
  const key = `[data-key="${CSS.escape(place)}"]`;
  const found =
    current.querySelector(key) ?? document.querySelector(`[data-everywhere] ${key}:not([data-undo])`);
  return found?.hasAttribute('data-undo') ? undoButton() : found;
}

document.addEventListener('focusin', ({ target }) => {
  current = target.closest('[data-correct]') ?? current;
  show();
});
document.addEventListener('keydown', (event) => {
  if (
    isSent ||
    event.ctrlKey ||
    event.altKey ||
    event.metaKey ||
    event.shiftKey ||
    event.repeat ||
    isTyping(event)
  )
    return;
  const place = placeOf(event);
  if (place === document.querySelector('[data-next-key]').dataset.nextKey) return next();
  const button = buttonFor(place);
  if (!button) return;
  event.preventDefault();
  button.click();
});
// What is pressed while the answer is on its way was meant for the page that comes.
document.addEventListener('submit', () => {
  isSent = true;
});
window.addEventListener('pageshow', () => {
  isSent = false;
});
if (cards.length > 0) {
  document.documentElement.setAttribute('data-keys', '');
  show();
}
