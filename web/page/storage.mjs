// The folder of the swap device's files in the browser's storage: Emscripten's IDBFS, files in memory that are copied
// to and from IndexedDB when asked. One tab has it at a time. Whatever goes wrong (no IndexedDB, no room, another tab)
// becomes one sentence, and the playground goes on with a swap device in memory.
const folder = '/swap';
const session = `${folder}/session`;
const choiceKey = 'virtual-memory-playground.swap';
const lockName = 'virtual-memory-playground.swap';
const patience = 5000; // milliseconds for IndexedDB to answer
const lockPatience = 600; // milliseconds for a page that is just being left to let go

class Refusal extends Error {}

// In a sandboxed frame, or with storage forbidden, every access throws.
function guarded(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

const wasChosen = () => guarded(() => localStorage.getItem(choiceKey)) !== null;

function noteChoice(chosen) {
  guarded(() => (chosen ? localStorage.setItem(choiceKey, 'kept') : localStorage.removeItem(choiceKey)));
}

// Held as long as this page lives. Without the API (old browsers) tabs are not told apart.
function takeLock() {
  const locks = guarded(() => navigator.locks);
  if (!locks) return Promise.resolve();
  const taken = new Refusal('Another tab has the swap device in this browser’s storage.');
  return new Promise((resolve, reject) => {
    const waiting = new AbortController();
    setTimeout(() => waiting.abort(), lockPatience);
    locks
      .request(lockName, { signal: waiting.signal }, () => {
        resolve();
        return new Promise(() => {});
      })
      .catch(() => reject(taken));
  });
}

// IDBFS would open the same database itself, but in 3.1.6 it loses sight of errors: its handlers throw, and nobody is
// called back. So it is opened here, and whatever happens to it is heard here.
function openDatabase(IDBFS, onTrouble) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(folder, IDBFS.DB_VERSION);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(IDBFS.DB_STORE_NAME);
      store.createIndex('timestamp', 'timestamp', { unique: false });
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('another page holds an older version of it'));
    request.onsuccess = () => {
      const database = request.result;
      const forget = () => delete IDBFS.dbs[folder];
      database.onabort = (event) => onTrouble(event.target.error);
      database.onerror = (event) => onTrouble(event.target.error);
      database.onclose = forget;
      database.onversionchange = () => {
        database.close();
        forget();
      };
      IDBFS.dbs[folder] = database;
      resolve();
    };
  });
}

const within = (milliseconds, promise) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error('it does not answer')), milliseconds)),
  ]);

function sentenceOf(error) {
  if (error instanceof Refusal) return error.message;
  if (error?.name === 'QuotaExceededError') return 'There is no room left in this browser’s storage.';
  return `This browser’s storage (IndexedDB) cannot be used: ${error?.message ?? error ?? 'no reason was given'}.`;
}

// `onReport(why)`: a flush has ended; `why` is null, or the sentence. With `unused` nothing kept is looked at.
export function createStorage(onReport, { unused }) {
  const expected = !unused && wasChosen();
  let FS;
  let locked = expected ? takeLock() : null;
  locked?.catch(() => {}); // told when it is needed
  let trouble = null; // rejects what is under way
  let refusal = '';
  let emptied = false;
  let wanted = false;
  let running = false;

  const IDBFS = () => FS.filesystems.IDBFS;

  async function ready() {
    locked ??= takeLock();
    try {
      await locked;
    } catch (error) {
      locked = null; // the other tab may be gone next time
      throw error;
    }
    if (!(folder in IDBFS().dbs)) await within(patience, openDatabase(IDBFS(), (error) => trouble?.(error)));
  }

  const synchronise = (populate) =>
    within(
      patience,
      new Promise((resolve, reject) => {
        trouble = reject;
        FS.syncfs(populate, (error) => (error ? reject(error) : resolve()));
      }),
    ).finally(() => {
      trouble = null;
      FS.syncFSRequests = 0; // of a call that was never answered
    });

  async function run() {
    running = true;
    try {
      while (wanted) {
        wanted = false; // what is asked for from here on needs another turn
        await ready();
        await synchronise(false);
      }
      noteChoice(FS.analyzePath(session).exists);
      onReport(null);
    } catch (error) {
      wanted = false;
      if (!(error instanceof Refusal)) noteChoice(false);
      onReport(sentenceOf(error));
    } finally {
      running = false;
    }
  }

  return {
    // Before the program starts: the folder is there, with what was kept in it.
    async attach(module) {
      FS = module.FS;
      FS.mkdir(folder);
      FS.mount(IDBFS(), {}, folder);
      if (!expected) return;
      try {
        await ready();
        await synchronise(true);
        emptied = !FS.analyzePath(session).exists;
      } catch (error) {
        refusal = `${sentenceOf(error)} Swapped pages stay in memory here.`;
        emptied = true;
      }
    },
    folder: () => (refusal === '' ? `${folder}/` : ''),
    refusal: () => refusal,
    emptied: () => emptied,
    // What was written is copied to the database; what is written meanwhile, right after.
    flush() {
      wanted = true;
      if (!running) run();
    },
  };
}
