// Starts the playground in its page: reads the page's address, loads the module, connects it with the browser.
import { createConsole } from './console.mjs';
import { createCover, createNotice } from './cover.mjs';
import { acceptFiles, createFileOpener } from './files.mjs';
import { createHost, followSystemLook } from './host.mjs';
import { guardKeyboard } from './keyboard.mjs';
import { loadModule } from './load.mjs';
import { guardWheel, passFingers } from './pointer.mjs';
import { createStorage } from './storage.mjs';
import { keepSurface } from './surface.mjs';
import { createTwin } from './twin.mjs';

const base = new URL('../../', import.meta.url);
const page = document.getElementById('page');
const canvas = document.getElementById('canvas');
const embedded = window.parent !== window;

// ?scenario=NAME&step=N&ui=min, as the module's command line. Who reloads the page wants to be where they were.
function optionsFrom(address) {
  const parameters = new URL(address).searchParams;
  const [navigation] = performance.getEntriesByType('navigation');
  const options = navigation?.type === 'reload' || navigation?.type === 'back_forward' ? ['--resume'] : [];
  if (parameters.get('scenario')) options.push('--scenario', parameters.get('scenario'));
  if (/^\d{1,9}$/.test(parameters.get('step') ?? '')) options.push('--step', parameters.get('step'));
  const appearance = ['theme', 'text'].filter((name) => parameters.has(name)).map((name) => `${name}=${parameters.get(name)}`);
  if (appearance.length > 0) options.push('--appearance', appearance.join(' '));
  if (parameters.get('ui') === 'min') options.push('--minimal');
  return options;
}

function whatIsMissing() {
  if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiateStreaming !== 'function')
    return 'This browser has no WebAssembly, or it is switched off. The playground is a WebAssembly program: use a current Firefox, Chrome, Edge or Safari.';
  if (typeof WebGL2RenderingContext !== 'function')
    return 'This browser has no WebGL 2, which draws the playground. Use a current Firefox, Chrome, Edge or Safari, with hardware acceleration on.';
  return null;
}

// What scripts and tests may ask: window.playground.
function interfaceOf(module, openFile) {
  const text = (name, ...values) => module.ccall(name, 'string', values.map(() => 'string'), values);
  return Object.freeze({
    stateText: () => text('vmp_state_text'),
    scenarioText: () => text('vmp_scenario_text'),
    goldenRun: (scenario) => text('vmp_golden_run', scenario),
    framesDrawn: () => module._vmp_frames_drawn(),
    modifiers: () => module._vmp_modifiers(),
    openFile,
  });
}

async function start() {
  const cover = createCover();
  const notice = createNotice();
  const stopped = (reason) =>
    cover.fail(`The playground stopped by a fault of its own: ${reason}. Your work is kept as far as it was saved; reload the page to go on.`);
  const missing = whatIsMissing();
  if (missing) {
    cover.fail(missing);
    return;
  }

  let playground = null;
  const narration = document.getElementById('narration');
  const state = document.getElementById('state-text');
  let module;
  const describe = () => playground && (state.textContent = playground.stateText());
  const options = optionsFrom(location.href);
  const storage = createStorage(
    (why) => {
      if (why === null) module?._vmp_storage_saved();
      else module?.ccall('vmp_storage_failed', null, ['string'], [why]);
      describe();
    },
    { unused: options.includes('--minimal') },
  );
  // Out of a call from the module no other call is made into it.
  let twin = null;
  let textConsole = null;
  const host = createHost({
    cover,
    notice,
    storage,
    onAnnounce: () => queueMicrotask(describe),
    onChange: () => queueMicrotask(() => twin?.changed()),
    onShowText: () => queueMicrotask(() => twin?.toggle()),
    onShowConsole: () => queueMicrotask(() => textConsole?.show()),
  });
  addEventListener('error', (event) => {
    if (event.error instanceof WebAssembly.RuntimeError) stopped(event.error.message);
  });

  cover.waitFor('The server has not answered yet.');
  try {
    module = await loadModule({
      base,
      canvas,
      host,
      storage,
      report: cover.showProgress,
      options,
      onAbort: stopped,
    });
  } catch (error) {
    cover.fail(error.message);
    return;
  }
  if (cover.failed) return;

  const openFile = createFileOpener(module, { notice, narrate: (text) => (narration.textContent = text) });
  playground = interfaceOf(module, openFile);
  guardKeyboard(page, canvas, module);
  guardWheel(page, canvas, embedded);
  passFingers(canvas, module);
  keepSurface(canvas, module, notice);
  followSystemLook(() => {
    module._vmp_wake();
    twin?.changed();
  });
  acceptFiles(page, openFile);
  state.textContent = playground.stateText();
  twin = createTwin(module, { embedded, onError: notice.show });
  textConsole = createConsole(module, { give: (line) => twin.run('console', line), leave: twin.focus });
  cover.remove();
  if (!embedded && !twin.shown && document.activeElement === document.body) canvas.focus({ preventScroll: true });
  window.playground = playground;
}

if (embedded) document.documentElement.classList.add('embedded');
start();
