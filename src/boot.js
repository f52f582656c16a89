// Starts src/main.rs. Trunk's own start-up script is inline, which the Content-Security-Policy forbids.
// Trunk names both files, with their digests, in the links it adds to the page.
const glue = document.querySelector('link[rel="modulepreload"]');
const program = document.querySelector('link[rel="preload"][type="application/wasm"]');
const { default: start } = await import(glue.href);
await start({ module_or_path: fetch(program.href, { integrity: program.dataset.integrity }) });
// Only now, so that a reader never waits for it; some windows have none.
navigator.serviceWorker?.register("/sw.js").catch(() => {});
