/**
 * Presses what bears a key's place on the keyboard; once both questions are answered by keys, the card is saved. Nothing depends on it: the
 * form is there for everybody.
 */
const form = document.querySelector('[data-label]');
let isSent = false;

function isTyping({ target }) {
  return target.closest?.('input:not([type=radio]), textarea, select, [contenteditable]') !== null;
}

/** Digits stand in two places. */
function placeOf({ code }) {
  return code.replace(/^Numpad(?=\d$)/, 'Digit');
}

function press(control) {
  control.click();
  if (control.type !== 'radio') return;
  control.focus();
  if (form.checkValidity()) form.requestSubmit(form.querySelector('[value="save"]'));
}

document.addEventListener('keydown', (event) => {
  const isChanged = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat;
  if (isSent || isChanged || isTyping(event)) return;
  const control = form?.querySelector(`[data-key="${CSS.escape(placeOf(event))}"]`);
  if (!control) return;
  event.preventDefault();
  press(control);
});
// What is pressed while the answer is on its way was meant for the card that comes.
form?.addEventListener('submit', () => {
  isSent = true;
});
window.addEventListener('pageshow', () => {
  isSent = false;
});
if (form) document.documentElement.setAttribute('data-keys', '');
