// Wheel, fingers and focus. Embedded in a longer page, the playground must let that page scroll: the wheel is taken
// only once the canvas has the focus, or with Ctrl held, as maps do; a finger that moves up or down scrolls the page.
const hintTime = 1500; // milliseconds
const mostHints = 3; // then everybody knows
const longPressTime = 500; // milliseconds
const stillWithin = 10; // pixels a resting finger may move

export function guardWheel(page, canvas, embedded) {
  const hint = document.getElementById('scroll-hint');
  let hintsGiven = 0;
  let timer = 0;
  const giveHint = () => {
    if (hint.hidden && hintsGiven++ >= mostHints) return;
    hint.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => (hint.hidden = true), hintTime);
  };
  page.addEventListener(
    'wheel',
    (event) => {
      // The frame's document remembers its active element while the focus is in the page around it.
      const focused = document.hasFocus() && document.activeElement === canvas;
      if (embedded ? focused || event.ctrlKey : !event.ctrlKey) return;
      event.stopImmediatePropagation();
      if (embedded) giveHint();
    },
    { capture: true },
  );
  canvas.addEventListener('focus', () => (hint.hidden = true));
}

export function passFingers(canvas, module) {
  let longPress = 0;
  let start = null;
  const position = (event) => [event.clientX - canvas.getBoundingClientRect().left, event.clientY - canvas.getBoundingClientRect().top];
  const isOurs = (event) => event.pointerType === 'touch' && event.isPrimary;
  // Released where nothing is, a press does nothing.
  const withdrawPress = () => {
    module._vmp_touch_move(-1, -1);
    module._vmp_touch_button(0, 0);
  };
  const secondaryClick = (x, y) => {
    if (module._vmp_holds_control()) return; // a finger that rests on a slider
    withdrawPress();
    start = null;
    module._vmp_touch_move(x, y);
    module._vmp_touch_button(1, 1);
    module._vmp_touch_button(1, 0);
  };

  canvas.addEventListener('pointerdown', (event) => {
    // SDL prevents what would have moved the focus here.
    canvas.focus({ preventScroll: true });
    if (!isOurs(event)) return;
    event.preventDefault(); // no mouse events on top
    start = position(event);
    module._vmp_touch_move(...start);
    module._vmp_touch_button(0, 1);
    longPress = setTimeout(secondaryClick, longPressTime, ...start);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!isOurs(event) || start === null) return;
    const [x, y] = position(event);
    if (Math.hypot(x - start[0], y - start[1]) > stillWithin) clearTimeout(longPress);
    module._vmp_touch_move(x, y);
  });
  const end = (event) => {
    if (!isOurs(event)) return;
    clearTimeout(longPress);
    if (start !== null && event.type === 'pointerup') module._vmp_touch_button(0, 0);
    else if (start !== null) withdrawPress(); // the browser scrolls with this finger
    start = null;
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
  // The secondary button is the front end's.
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
}
