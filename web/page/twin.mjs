// The text view: everything the picture shows as elements of the page, for those who do not see the picture, who want
// to read, to print or to copy. It is always there and always true; what changes is whether it is seen. Out of sight it
// is one stop of the Tab key (the link to it); once the focus is inside, or it was switched on, it is the page.
import { element, setText } from './dom.mjs';
import { createParts } from './twin_parts.mjs';

const words = {
  showPicture: 'Show the picture',
  showText: 'Show this text in place of the picture',
};
const viewKey = 'virtual-memory-playground.view';
const rest = 200; // milliseconds without a change before what nobody sees is made again
const tick = 50; // milliseconds between looks at the clock where no frame is drawn

function guarded(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

// In somebody else's page only the address counts.
function wanted(embedded) {
  const asked = new URL(location.href).searchParams.get('view');
  if (asked !== null || embedded) return asked === 'text';
  return guarded(() => localStorage.getItem(viewKey)) === 'text';
}

export function createTwin(module, { embedded, onError }) {
  const root = document.getElementById('twin');
  const skip = document.getElementById('skip');
  const canvas = document.getElementById('canvas');
  const heading = element('h1', { id: 'twin-title', tabindex: -1 });
  const body = element('div');
  const toggle = element('button', { type: 'button', id: 'twin-toggle' });
  root.append(element('div', { class: 'top' }, heading, toggle), body);

  let shown = false; // switched on
  let visited = false; // the focus is inside
  let stale = true;
  let timer = 0;
  let clock = 0;

  const visible = () => shown || visited;

  function run(command, argument) {
    const error = module.ccall('vmp_command', 'string', ['string', 'string'], [command, argument]);
    update();
    return error;
  }
  const parts = createParts((command, argument) => {
    const error = run(command, argument);
    if (error) onError(error);
    if (shown) keepTime();
  });

  function update() {
    clearTimeout(timer);
    timer = 0;
    stale = false;
    const twin = JSON.parse(module.ccall('vmp_twin', 'string', [], []));
    setText(heading, twin.title);
    document.title = twin.title;
    document.documentElement.dataset.theme = twin.theme;
    document.documentElement.style.fontSize = twin.percent === 100 ? '' : `${twin.percent}%`;
    parts.sections(body, twin.sections, 2);
    settleStops();
  }

  // Nobody should have to walk through a hundred controls they do not see.
  function settleStops() {
    const index = visible() ? 0 : -1;
    for (const node of root.querySelectorAll('button, input, select, [tabindex]')) {
      if (node !== heading) node.tabIndex = index;
    }
  }

  // Playing and reading files go on where no frame is drawn.
  function keepTime() {
    if (clock !== 0 || !shown) return;
    let last = performance.now();
    const turn = () => {
      const now = performance.now();
      const more = module.ccall('vmp_work', 'number', ['number'], [(now - last) / 1000]);
      last = now;
      if (shown && more) clock = setTimeout(turn, tick);
      else clock = 0;
    };
    clock = setTimeout(turn, tick);
  }

  function show(on, { remember = false } = {}) {
    shown = on;
    document.documentElement.classList.toggle('text-view', shown);
    setText(toggle, shown ? words.showPicture : words.showText);
    if (remember) guarded(() => (shown ? localStorage.setItem(viewKey, 'text') : localStorage.removeItem(viewKey)));
    if (stale) update();
    settleStops();
    keepTime();
  }

  function visit(inside) {
    if (visited === inside) return;
    visited = inside;
    root.classList.toggle('visited', visited);
    if (visited && stale) update();
    settleStops();
  }

  root.addEventListener('focusin', () => visit(true));
  root.addEventListener('focusout', (event) => visit(root.contains(event.relatedTarget)));
  toggle.addEventListener('click', () => {
    const on = !shown;
    show(on, { remember: true });
    if (on) heading.focus();
    else canvas.focus({ preventScroll: true });
  });
  skip.addEventListener('click', (event) => {
    event.preventDefault();
    if (stale) update();
    visit(true);
    heading.focus();
  });

  update();
  show(wanted(embedded));

  return {
    // Something in the playground may have changed.
    changed() {
      if (visible()) {
        update();
        keepTime();
        return;
      }
      stale = true;
      clearTimeout(timer);
      timer = setTimeout(update, rest);
    },
    toggle() {
      toggle.click();
    },
    // A command; a sentence if it was refused.
    run,
    // To where the reader was before.
    focus() {
      if (shown) heading.focus();
      else canvas.focus({ preventScroll: true });
    },
    get shown() {
      return shown;
    },
  };
}
