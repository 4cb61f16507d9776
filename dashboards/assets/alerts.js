// Notifications of the browser while the page of alerts is open. Asked for on a click only.
const button = document.querySelector('[data-notify]');
const said = document.querySelector('[data-notify-said]');

function listen() {
  button.hidden = true;
  said.textContent = said.dataset.on;
  const events = new EventSource('/alerts/stream');
  events.addEventListener('alert', (event) => {
    const { title, link, tag } = JSON.parse(event.data);
    const notification = new Notification(title, { tag });
    notification.addEventListener('click', () => {
      window.focus();
      location.assign(link);
    });
  });
}

if (button && 'Notification' in window) {
  if (Notification.permission === 'granted') listen();
  else {
    button.hidden = false;
    button.addEventListener('click', async () => {
      if ((await Notification.requestPermission()) === 'granted') listen();
      else said.textContent = said.dataset.refused;
    });
  }
}
