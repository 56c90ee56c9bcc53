// What the page does for the front end: the other side of shell/platform.h (web/web_platform.cpp calls these).
const tourKey = 'virtual-memory-playground.tour';
const workKey = 'virtual-memory-playground.work';

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

export function createHost({ cover, notice, storage, onAnnounce }) {
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

    saveWork: (text) => guarded(() => localStorage.setItem(workKey, text)),
    loadWork: () => guarded(() => localStorage.getItem(workKey)),
    forgetWork: () => guarded(() => localStorage.removeItem(workKey)),

    // Where nothing can be noted it counts as seen: it would come again at every visit.
    tourSeen: () => guarded(() => localStorage.getItem(tourKey) === null) !== true,
    noteTourSeen: () => guarded(() => localStorage.setItem(tourKey, 'seen')),

    storage,

    prefersReducedMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,

    showStartFailure: (sentence) =>
      cover.fail(
        `This browser gives the page no WebGL 2, which draws it. Is hardware acceleration switched off? (${sentence})`,
      ),
  };
}
