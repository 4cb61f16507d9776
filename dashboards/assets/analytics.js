// Hover tells what a mark is at once, and slow blocks come by themselves when they are scrolled to. No page needs it.
const said = document.createElement('div');
said.className = 'shown-value';
said.hidden = true;
said.setAttribute('aria-hidden', 'true');
document.body.append(said);

/** The browser's own hint would come later and stand beside ours. */
function takeWords(link) {
  const title = link.querySelector('title');
  if (title) {
    link.dataset.words = title.textContent;
    title.remove();
  }
  return link.dataset.words ?? '';
}

document.addEventListener('pointerover', (event) => {
  const link = event.target.closest?.('.block svg a');
  const words = link ? takeWords(link) : '';
  said.hidden = words === '';
  said.textContent = words;
});

document.addEventListener('pointermove', (event) => {
  if (said.hidden) return;
  const left = Math.min(event.pageX + 12, document.documentElement.clientWidth - said.offsetWidth - 8);
  said.style.left = `${Math.max(8, left)}px`;
  said.style.top = `${event.pageY + 16}px`;
});

async function bring(block) {
  const answer = await fetch(block.dataset.late, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const came = page.querySelector('.block');
  if (came) block.replaceWith(document.adoptNode(came));
}

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    bring(target);
  }
});
for (const block of document.querySelectorAll('[data-late]')) seen.observe(block);
