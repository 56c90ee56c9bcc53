// Brings the module to life: the program's bytes with real progress, compiled while they arrive.

// Counts the bytes of an answer as they pass. The total is 0 if the server does not tell the unpacked size.
function withProgress(response, report) {
  const packed = response.headers.has('Content-Encoding');
  const total = packed ? 0 : Number(response.headers.get('Content-Length') ?? 0);
  let received = 0;
  report(0, total);
  const counted = response.body.pipeThrough(
    new TransformStream({
      transform(bytes, controller) {
        received += bytes.byteLength;
        report(received, total);
        controller.enqueue(bytes);
      },
    }),
  );
  return new Response(counted, { headers: { 'Content-Type': 'application/wasm' } });
}

async function fetchProgram(address, report) {
  let response;
  try {
    response = await fetch(address);
  } catch (error) {
    throw new Error(`The program could not be fetched: ${error.message}.`);
  }
  if (!response.ok) throw new Error(`The program could not be fetched: the server answered ${response.status}.`);
  return withProgress(response, report);
}

async function importFactory(address) {
  try {
    return (await import(address)).default;
  } catch (error) {
    throw new Error(`A part of the page could not be loaded: ${error.message}.`);
  }
}

// Resolves to the running module; rejects with an error whose message is a sentence for the reader.
export async function loadModule({ base, report, canvas, host, storage, options, onAbort }) {
  const [createModule, program] = await Promise.all([
    importFactory(new URL('playground.mjs', base).href),
    fetchProgram(new URL('playground.wasm', base).href, report),
  ]);
  return new Promise((resolve, reject) => {
    createModule({
      canvas,
      host,
      arguments: options,
      onAbort,
      preRun: [
        (module) => {
          module.addRunDependency('storage');
          storage.attach(module).finally(() => module.removeRunDependency('storage'));
        },
      ],
      instantiateWasm(imports, done) {
        WebAssembly.instantiateStreaming(program, imports).then(
          ({ instance, module }) => done(instance, module),
          (error) => reject(new Error(`The program could not be started: ${error.message}.`)),
        );
        return {};
      },
    }).then(resolve, (error) => reject(new Error(`The program could not be started: ${error.message ?? error}.`)));
  });
}
