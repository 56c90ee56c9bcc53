// What covers the canvas until the playground runs, and again if it stops: always a sentence, never a blank page.
const element = (id) => document.getElementById(id);

// After this long without a byte or an answer the cover says so. Milliseconds.
const patience = 5000;

export function createCover() {
  const cover = element('cover');
  const text = element('cover-text');
  const progress = element('cover-progress');
  const reload = element('cover-reload');
  let failed = false;
  let timer = 0;

  reload.addEventListener('click', () => location.reload());
  document.documentElement.classList.add('started');

  function expectNews(whatIsMissing) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      text.textContent = `${whatIsMissing} The server or the network is slow; the page goes on trying.`;
      reload.hidden = false;
    }, patience);
  }

  return {
    // Bytes of the program so far, and in all if that is known (otherwise 0).
    showProgress(received, total) {
      if (failed) return;
      const size = (bytes) => `${Math.ceil(bytes / 1000)} kB`;
      text.textContent = total > 0 ? `Loading: ${size(received)} of ${size(total)}` : `Loading: ${size(received)}`;
      if (total > 0) progress.value = received / total;
      reload.hidden = true;
      expectNews(`Only ${size(received)} of the program have come so far.`);
    },
    waitFor(whatIsMissing) {
      if (!failed) expectNews(whatIsMissing);
    },
    fail(sentence) {
      if (failed) return; // the first reason is the cause of the others
      failed = true;
      clearTimeout(timer);
      document.documentElement.classList.remove('text-view');
      cover.hidden = false;
      cover.classList.add('failed');
      text.textContent = sentence;
      reload.hidden = false;
    },
    get failed() {
      return failed;
    },
    remove() {
      clearTimeout(timer);
      if (!failed) cover.hidden = true;
    },
  };
}

// A message above the canvas, for what the front end never sees (a file too large to be read).
export function createNotice() {
  const notice = element('notice');
  const text = element('notice-text');
  element('notice-close').addEventListener('click', () => {
    notice.hidden = true;
    const canvas = element('canvas');
    (canvas.checkVisibility() ? canvas : element('twin-title')).focus();
  });
  return {
    show(sentence) {
      notice.hidden = false;
      text.textContent = sentence;
    },
    hide() {
      notice.hidden = true;
    },
  };
}
