/**
 * A form marked `data-live` is sent while it is being filled in, and of the answer, which is the whole page, the parts marked
 * `data-live-part` are shown. Its buttons marked `data-live-button` do what they do without leaving the page, and a part that
 * holds `data-live-again` is asked for again after so many milliseconds. Nothing depends on it: the form's own buttons do the same.
 */
const WAIT_MS = 350;
const form = document.querySelector('form[data-live]');
const failed = document.getElementById('live-failed');
let timer;
let asking = new AbortController();

/** What a person has opened or closed stays so, and where he is stays there. */
function replacePart(part, fresh) {
  const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
  for (const details of part.querySelectorAll('details[id]')) {
    const same = fresh.querySelector(`#${CSS.escape(details.id)}`);
    if (same) same.open = details.open;
  }
  part.replaceChildren(...fresh.childNodes);
  if (focused !== '') document.getElementById(focused)?.focus();
}

/** `isBySelf`: nobody did anything; what was said of the last thing done stays. */
function show(answer, isBySelf) {
  for (const part of document.querySelectorAll('[data-live-part]')) {
    if (isBySelf && part.hasAttribute('data-live-keeps')) continue;
    const fresh = answer.getElementById(part.id);
    if (fresh && fresh.innerHTML !== part.dataset.shown) {
      part.dataset.shown = fresh.innerHTML;
      replacePart(part, fresh);
    }
  }
  for (const input of form.querySelectorAll('input[aria-describedby]')) {
    const isWrong = answer.getElementById(input.id)?.hasAttribute('aria-invalid');
    input.toggleAttribute('aria-invalid', isWrong);
    if (isWrong) input.setAttribute('aria-invalid', 'true');
  }
  hideNeedless();
}

function hideNeedless() {
  for (const button of form.querySelectorAll('[data-live-hides]')) button.hidden = true;
}

/** Where something goes on by itself, look again. */
function lookAgain() {
  const waits = [...form.querySelectorAll('[data-live-again]')].map(({ dataset }) =>
    Number(dataset.liveAgain),
  );
  if (waits.length > 0) refreshIn(Math.min(...waits), true);
}

function refreshIn(ms, isBySelf) {
  clearTimeout(timer);
  timer = setTimeout(refresh, ms, null, isBySelf);
}

async function refresh(button = null, isBySelf = false) {
  clearTimeout(timer);
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const body = new URLSearchParams(new FormData(form, button));
  body.set('live', '1');
  form.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(form.getAttribute('action'), { method: 'POST', body, signal });
    const text = await response.text();
    const answer = new DOMParser().parseFromString(text, 'text/html');
    // Another page is no answer: the login, an error.
    failed.hidden = answer.querySelector('form[data-live]') !== null;
    if (failed.hidden) show(answer, isBySelf);
  } catch {
    if (!signal.aborted) failed.hidden = false;
  }
  if (signal.aborted) return;
  form.removeAttribute('aria-busy');
  lookAgain();
}

function refreshSoon({ target }) {
  if (target.hasAttribute('data-still') || form.elements[form.dataset.liveNeeds].value.trim() === '') return;
  refreshIn(WAIT_MS);
}

form.addEventListener('input', refreshSoon);
form.addEventListener('submit', (event) => {
  clearTimeout(timer);
  asking.abort();
  if (!event.submitter?.hasAttribute('data-live-button')) return;
  event.preventDefault();
  refresh(event.submitter);
});
for (const part of document.querySelectorAll('[data-live-part]')) part.dataset.shown = part.innerHTML;
hideNeedless();
form.setAttribute('data-live-works', '');
if (form.dataset.live === 'now') refresh();
else lookAgain();
