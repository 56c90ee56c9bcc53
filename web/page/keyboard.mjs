// Keys. SDL listens on the canvas alone, but there it would keep every key. What belongs to the browser never reaches
// it: Tab, F-keys and every combination with Ctrl, Alt or the system key. Text fields inside the canvas get the few
// editing combinations while they have the cursor.
const editingKeys = new Set(['a', 'c', 'x', 'y', 'z', 'arrowleft', 'arrowright', 'home', 'end', 'backspace', 'delete']);
// The front end moves with these; the page around must not move as well.
const scrollingKeys = new Set([' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown']);
const modifierKeys = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph']);

function belongsToBrowser(event, wantsText) {
  if (event.key === 'Tab' || /^F\d+$/.test(event.key)) return true;
  if (modifierKeys.has(event.key) || event.getModifierState('AltGraph')) return false;
  if (event.altKey) return true;
  if (!event.ctrlKey && !event.metaKey) return false;
  return !(wantsText && editingKeys.has(event.key.toLowerCase()));
}

export function guardKeyboard(page, canvas, module) {
  page.addEventListener(
    'keydown',
    (event) => {
      if (event.target !== canvas) return;
      if (belongsToBrowser(event, module._vmp_wants_text() !== 0)) event.stopImmediatePropagation();
      else if (scrollingKeys.has(event.key) && event.key !== ' ') event.preventDefault();
    },
    { capture: true },
  );
  // A space must still become text, so its keydown stays; its scrolling is prevented where the text is made.
  canvas.addEventListener('keypress', (event) => event.preventDefault());
  // Keys let go of elsewhere are let go of here.
  canvas.addEventListener('blur', () => module._vmp_release_keys());

  // The ring of focus is for those who arrive by Tab; the keydown may have been in the page around.
  const arriveByKeyboard = (yes) => document.documentElement.classList.toggle('by-keyboard', yes);
  addEventListener('keyup', (event) => event.key === 'Tab' && arriveByKeyboard(true));
  addEventListener('pointerdown', () => arriveByKeyboard(false));

  document.addEventListener('paste', (event) => {
    if (document.activeElement !== canvas || !module._vmp_wants_text()) return;
    event.preventDefault();
    module.ccall('vmp_paste', null, ['string'], [event.clipboardData.getData('text/plain')]);
  });
}
