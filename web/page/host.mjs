// What the page does for the front end: the other side of shell/platform.h (web/web_platform.cpp calls these).
const keyOf = (name) => `virtual-memory-playground.${name}`;
const workKey = keyOf('work');

// In a sandboxed frame, or with storage forbidden or full, every access throws. Then nothing is kept, and that is all.
function guarded(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

// Where the clipboard is not granted (an embedding page without `allow="clipboard-write"`), the old way often is.
function copyBySelection(text) {
  const area = document.createElement('textarea');
  const focused = document.activeElement;
  area.className = 'visually-hidden';
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  focused?.focus({ preventScroll: true });
  return copied;
}

// In the order of the bits of WebPlatform::system_look().
const systemQueries = ['(prefers-color-scheme: light)', '(prefers-contrast: more)', '(prefers-reduced-motion: reduce)'].map(
  (query) => matchMedia(query),
);

// Calls `changed` whenever the person turns one of these over, in the system or the browser.
export function followSystemLook(changed) {
  for (const query of systemQueries) query.addEventListener('change', changed);
}

export function createHost({ cover, notice, storage, onAnnounce, onChange, onShowText, onShowConsole }) {
  const narration = document.getElementById('narration');
  return {
    openFileDialog: () => document.getElementById('file-input').click(),

    async copyText(text) {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        if (!copyBySelection(text)) notice.show('The browser did not let the page use the clipboard.');
      }
    },

    saveFile(name, bytes) {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([bytes]));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },

    announce(sentence) {
      narration.textContent = sentence;
      onAnnounce();
    },

    // What the text view says may no longer be so; or it, or the console, is asked for.
    changed: onChange,
    showText: onShowText,
    showConsole: onShowConsole,

    saveWork: (text) => guarded(() => localStorage.setItem(workKey, text)),
    loadWork: () => guarded(() => localStorage.getItem(workKey)),
    forgetWork: () => guarded(() => localStorage.removeItem(workKey)),

    storage,

    keepSetting: (name, value) => guarded(() => (localStorage.setItem(keyOf(name), value), true)) ?? false,
    setting: (name) => guarded(() => localStorage.getItem(keyOf(name))),

    systemLook: () => systemQueries.reduce((bits, query, i) => bits | (query.matches ? 1 << i : 0), 0),

    showStartFailure: (sentence) =>
      cover.fail(
        `This browser gives the page no WebGL 2, which draws it. Is hardware acceleration switched off? (${sentence})`,
      ),
  };
}
