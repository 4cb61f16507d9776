import { listenToKeys } from './key-places.js';

/**
 * Presses what bears a key's place on the keyboard; once both questions are answered by keys, the card is saved. Nothing depends on it: the
 * form is there for everybody.
 */
const form = document.querySelector('[data-label]');

function press(place) {
  const control = form.querySelector(`[data-key="${CSS.escape(place)}"]`);
  if (!control) return false;
  control.click();
  if (control.type === 'radio') {
    control.focus();
    if (form.checkValidity()) form.requestSubmit(form.querySelector('[value="save"]'));
  }
  return true;
}

if (form) listenToKeys(press);
