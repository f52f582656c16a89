// Keeps the site for times without a network. `src/boot.js` registers it once a page answers; a page works without it as well.
//
// A version of the site is put into a cache of its own, checked file by file, or not at all. A worker answers from the cache of its own
// version alone: a page never mixes versions, and what another page of the same origin puts into a cache is never shown as ours. The
// next version waits until the last page of this one is closed. Nothing is kept but the site's own files, and nothing that is not in
// this list is answered.

/** The address of every file, with the digest of its content; the build fills it in. */
const FILES = {/*files*/};
/** The digest of that list. */
const VERSION = "/*version*/";

const OURS = "runbook-";
const CACHE = OURS + VERSION;
const NOT_FOUND = "/404.html";
/** All pages that are only read: what is in each, by its address. One by one they would be most of the list above. */
const STILL_PAGES = "/still.json";

/** Pages are asked for again each time; the other files are in the browser already, and never change. */
const isPage = (path) => path.endsWith("/") || path === NOT_FOUND || path === STILL_PAGES;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", answer);

async function install() {
  const pages = Object.keys(FILES).filter(isPage);
  const others = Object.keys(FILES).filter((path) => !isPage(path));
  const [fetchedPages, fetchedOthers] = await Promise.all([Promise.all(pages.map(fetchWhole)), Promise.all(others.map(fetchWhole))]);
  // Whatever is there under this name was not put there by this worker.
  await caches.delete(CACHE);
  const cache = await caches.open(CACHE);
  // Where a page is, everything it needs is.
  await Promise.all(others.map((path, index) => cache.put(path, fetchedOthers[index])));
  await Promise.all(pages.map((path, index) => cache.put(path, fetchedPages[index])));
}

/** One file of this very version, or an error. Hosts may redirect, or send the page of wrong addresses with status 404. */
async function fetchWhole(path) {
  const { body, headers } = await fetch(path, { integrity: FILES[path], cache: isPage(path) ? "no-cache" : "default" });
  return new Response(body, { status: path === NOT_FOUND ? 404 : 200, headers });
}

/** Runs when no page of the version before is open any more. */
async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
  // The page of the first visit was there before this worker.
  await clients.claim();
}

function answer(event) {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    event.respondWith(page(event.request, pathname));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(kept(pathname).then((file) => file ?? fetch(event.request)));
  }
}

/** A page, or another file that is opened as if it were one. Any other address is the host's to answer; without a network it is a wrong one. */
async function page(request, pathname) {
  const path = pathname.replace(/\/index\.html$/, "/").replace(/([^/])$/, "$1/");
  return (await kept(path)) ?? (await keptStill(path)) ?? (await kept(pathname)) ?? fetch(request).catch(async (problem) => (await kept(NOT_FOUND)) ?? Promise.reject(problem));
}

/** A file of this version. */
async function kept(path) {
  if (Object.hasOwn(FILES, path)) return caches.match(path, { cacheName: CACHE });
}

/** A page that is only read, under the policy it is served with. */
async function keptStill(path) {
  const pages = await kept(STILL_PAGES);
  const html = pages && new Map(Object.entries(await pages.json())).get(path);
  if (html === undefined) return;
  const headers = new Headers(pages.headers);
  headers.set("Content-Type", "text/html;charset=utf-8");
  return new Response(html, { headers });
}
