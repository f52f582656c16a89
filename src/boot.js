// Starts the two programs: src/main.rs in the page, and the one that reads logs (src/bin/reader.rs) in a worker or, where none starts,
// in the page. Trunk's own start-up script is inline, which the Content-Security-Policy forbids. The files of the first stand with their
// digest in the links Trunk adds to the page; those of the second come as a worker's name, `GLUE PROGRAM INTEGRITY`.
const start = async (glue, program, integrity) => {
  const { default: run } = await import(glue);
  await run({ module_or_path: fetch(program, { integrity }) });
};

// The reader finds the port it answers at in `readerPort`.
globalThis.startReader = (files, port) => {
  globalThis.readerPort = port;
  return start(...files.split(" "));
};

// A page of another origin around this one could lead a reader's clicks. The header that forbids it is not sent by every host.
const isFramed = () => {
  try {
    for (let at = window; at !== at.parent; at = at.parent) {
      if (at.parent.location.origin !== location.origin) return true;
    }
    return false;
  } catch {
    return true;
  }
};

// Nothing is left that could be clicked but the way out.
const leaveFrame = ({ body, documentElement }) => {
  const link = document.createElement("a");
  Object.assign(link, { href: location, target: "_blank", rel: "noopener", textContent: documentElement.dataset.framed });
  body.replaceChildren(link);
};

if (typeof document === "object" && isFramed()) {
  leaveFrame(document);
} else if (typeof document === "object") {
  const glue = document.querySelector('link[rel="modulepreload"]');
  const program = document.querySelector('link[rel="preload"][type="application/wasm"]');
  await start(glue.href, program.href, program.dataset.integrity);
  // Only now, so that a reader never waits for it; some windows have none.
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
} else {
  // The page starts the reader by itself when it hears nothing but this.
  startReader(name, globalThis).catch(() => postMessage(null));
}
