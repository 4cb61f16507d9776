/**
 * A form marked `data-live` is sent while it is being filled in, and of the answer, which is the whole page, the parts marked
 * `data-live-part` are shown. Nothing depends on it: the form's own button does the same.
 */
const WAIT_MS = 350;
const form = document.querySelector('form[data-live]');
const failed = document.getElementById('live-failed');
let timer;
let asking = new AbortController();

function show(answer) {
  for (const part of document.querySelectorAll('[data-live-part]')) {
    const fresh = answer.getElementById(part.id);
    if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
  }
  for (const input of form.querySelectorAll('input[aria-describedby]')) {
    const isWrong = answer.getElementById(input.id)?.hasAttribute('aria-invalid');
    input.toggleAttribute('aria-invalid', isWrong);
    if (isWrong) input.setAttribute('aria-invalid', 'true');
  }
}

async function refresh() {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const body = new URLSearchParams(new FormData(form));
  body.set('live', '1');
  form.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(form.getAttribute('action'), { method: 'POST', body, signal });
    const text = await response.text();
    const answer = new DOMParser().parseFromString(text, 'text/html');
    // Another page is no answer: the login, an error.
    failed.hidden = answer.querySelector('form[data-live]') !== null;
    if (failed.hidden) show(answer);
  } catch {
    if (!signal.aborted) failed.hidden = false;
  }
  if (!signal.aborted) form.removeAttribute('aria-busy');
}

function refreshSoon({ target }) {
  if (target.hasAttribute('data-still') || form.elements[form.dataset.liveNeeds].value.trim() === '') return;
  clearTimeout(timer);
  timer = setTimeout(refresh, WAIT_MS);
}

form.addEventListener('input', refreshSoon);
form.addEventListener('submit', () => {
  clearTimeout(timer);
  asking.abort();
});
for (const button of form.querySelectorAll('[data-live-hides]')) button.hidden = true;
if (form.dataset.live === 'now') refresh();
