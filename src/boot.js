// Starts src/main.rs, in the page and in the worker. Trunk's own start-up script is inline, which the Content-Security-Policy
// forbids. Trunk names both files, with their digests, in the links it adds to the page; a worker gets them as its name.
const inPage = typeof document === "object";
const [glue, program, integrity] = inPage ? fromLinks() : JSON.parse(name);
const { default: start } = await import(glue);
await start({ module_or_path: fetch(program, { integrity }) });
// Only now, so that a reader never waits for it; some windows have none.
if (inPage) navigator.serviceWorker?.register("/sw.js").catch(() => {});

function fromLinks() {
  const glue = document.querySelector('link[rel="modulepreload"]');
  const program = document.querySelector('link[rel="preload"][type="application/wasm"]');
  return [glue.href, program.href, program.dataset.integrity];
}
