// Files from the reader to the front end: chosen, dropped, packed with gzip or not. The bytes go in pieces straight into
// the module's memory, so that a large recording is never there twice.
const longestFile = 256 * 2 ** 20; // bytes, unpacked; the desktop window refuses the same
const mebibytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MiB`;

class Refusal extends Error {}

const startsWith = (bytes, ...prefix) => prefix.every((byte, index) => bytes[index] === byte);

async function readInto(module, file, report) {
  const first = new Uint8Array(await file.slice(0, 6).arrayBuffer());
  if (startsWith(first, 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00))
    throw new Refusal(`${file.name} is packed with xz, which browsers cannot unpack. Unpack it, or pack it with gzip.`);
  const packed = startsWith(first, 0x1f, 0x8b);
  const tooLong = new Refusal(`${file.name} is longer than ${mebibytes(longestFile)}, which is the most this page reads.`);
  if (file.size > longestFile) throw tooLong;

  const noMemory = new Refusal(`There is not enough memory to read ${file.name}.`);
  const stream = packed ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  if (!module._vmp_begin_file(packed ? 0 : file.size)) throw noMemory;
  let received = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    received += value.byteLength;
    if (received > longestFile) {
      await reader.cancel();
      throw tooLong;
    }
    const room = module._vmp_extend_file(value.byteLength);
    if (room === 0) throw noMemory;
    module.HEAPU8.set(value, room);
    report(received);
  }
  const name = packed ? file.name.replace(/\.gz$/i, '') : file.name;
  if (!module.ccall('vmp_end_file', 'number', ['string'], [name])) throw noMemory;
}

export function createFileOpener(module, { notice, narrate }) {
  let queue = Promise.resolve();

  async function open(file) {
    notice.hide();
    try {
      await readInto(module, file, (received) => {
        if (received > 2 ** 24) narrate(`Reading ${file.name}: ${mebibytes(received)}`);
      });
    } catch (error) {
      module._vmp_drop_file();
      if (error instanceof WebAssembly.RuntimeError) throw error;
      // What is no Refusal comes from the browser: a folder, a file that is gone, gzip data that is not.
      notice.show(error instanceof Refusal ? error.message : `${file.name} could not be read: ${error.message}`);
    }
  }

  // One after the other: the module has room for one file on its way in.
  return (file) => (queue = queue.then(() => open(file)));
}

export function acceptFiles(page, openFile) {
  const input = document.getElementById('file-input');
  const hint = document.getElementById('drop-hint');
  const setDropping = (dropping) => {
    hint.hidden = !dropping;
    page.classList.toggle('dropping', dropping);
  };
  const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');

  input.addEventListener('change', () => {
    for (const file of input.files) openFile(file);
    input.value = ''; // the same file again is a change again
  });
  addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    setDropping(true);
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) setDropping(false);
  });
  addEventListener('drop', (event) => {
    setDropping(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    for (const file of event.dataTransfer.files) openFile(file);
  });
}
