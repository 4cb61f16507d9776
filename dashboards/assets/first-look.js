/**
 * On the last of the first steps: while first visits are under way (`data-again`: after so many milliseconds) the page is asked for
 * again. The sentence and the sources are shown anew; mentions only while there were none, so that nothing one reads moves.
 */
const PARTS = ['look-words', 'look-list', 'look-cards'];
const list = document.getElementById('look-list');

function mayChange(part) {
  if (part.contains(document.activeElement)) return false;
  return part.dataset.count === undefined || part.dataset.count === '0';
}

function show(answer) {
  for (const id of PARTS) {
    const [part, fresh] = [document.getElementById(id), answer.getElementById(id)];
    if (!fresh || !mayChange(part) || part.innerHTML === fresh.innerHTML) continue;
    const isOpen = part.querySelector('details')?.open ?? false;
    part.replaceChildren(...fresh.childNodes);
    const details = part.querySelector('details');
    if (details) details.open = isOpen;
    if (fresh.dataset.count !== undefined) part.dataset.count = fresh.dataset.count;
  }
}

async function lookAgain() {
  try {
    const response = await fetch(location.pathname);
    const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = answer.getElementById('look-list');
    // Another page is no answer: the login, an error.
    if (!fresh) return;
    show(answer);
    if (fresh.dataset.again) setTimeout(lookAgain, Number(fresh.dataset.again));
  } catch {
    setTimeout(lookAgain, 10_000);
  }
}

if (list?.dataset.again) setTimeout(lookAgain, Number(list.dataset.again));
