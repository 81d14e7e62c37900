// worker.js: keeps the whole book in the browser, so that it opens without a network. theme/offline.py writes BOOK before this
// text: the edition, and its files as [address, hash], the small ones first.
//
// An edition is kept whole or not at all: a file counts only with the bytes that the edition names. The next page that is opened is of
// the newest edition that is kept, and gets its scripts, styles and data from the same, whatever other pages are of. So the worker of
// a new edition never takes over while pages are open: until they are closed the old one hands out the new edition's files.
"use strict";
const PREFIX = `book ${registration.scope} `; // other books may live on the same host
const HERE = PREFIX + BOOK.edition;
const READERS = `${PREFIX}readers`; // which open page is of which other edition, and which edition is the newest
const HASH = "X-Book-Hash";
const AT_ONCE = 4;
const hashes = new Map(BOOK.files);

class Another extends Error {} // edition is on the server, or the file was changed on its way

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));
const kept = (file, cacheName) => caches.match(file, { cacheName });
const put = async (file, response, name) => (await caches.open(name)).put(file, response);
const read = async (name) => (await kept(name, READERS))?.json();
const write = (name, what) => put(name, new Response(JSON.stringify(what)), READERS);
const everyPage = async () => (await clients.matchAll({ includeUncontrolled: true })).filter(({ url }) => url.startsWith(registration.scope));
const tell = async (offline) => (await everyPage()).forEach((page) => page.postMessage({ offline }));
const loadAgain = () => new Response("", { headers: { "Content-Type": "text/html", Refresh: "0" } });

const hash = async (body) => {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body)).subarray(0, 16);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};
// What the browser has of it already will do if it is the same.
const fetched = async (file) => {
  for (const cache of ["default", "reload"]) {
    const response = await fetch(file, { cache, priority: "low" });
    const body = response.ok && await response.arrayBuffer();
    if (!body || await hash(body) !== hashes.get(file)) continue;
    const headers = { "Content-Type": response.headers.get("Content-Type") ?? "", [HASH]: hashes.get(file) };
    return new Response(body, { headers }); // one of our own: a page may not be answered with one that was redirected
  }
  throw new Another(file);
};

const keep = async (file, earlier) => {
  if (await kept(file, HERE)) return; // by an attempt that was cut short
  for (const name of earlier) {
    const old = await kept(file, name);
    if (old?.headers.get(HASH) === hashes.get(file)) return put(file, old, HERE);
  }
  return put(file, await fetched(file), HERE);
};
const keepAll = async () => {
  const names = [...hashes.keys()];
  const earlier = (await ours()).filter((name) => name !== HERE && name !== READERS);
  const oneByOne = async () => {
    try {
      while (names.length) await keep(names.shift(), earlier);
    } catch (error) {
      names.length = 0; // the others end with the file that they have in hand
      throw error;
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, oneByOne));
  const errors = outcomes.filter(({ status }) => status === "rejected").map(({ reason }) => reason);
  if (!errors.length) return write("newest", BOOK.edition);
  const full = errors.find((error) => !(error instanceof Another || error instanceof TypeError)); // a TypeError: fetch says that the network has failed
  if (full) await caches.delete(HERE).catch(() => {}); // otherwise the next attempt goes on from here
  await tell(full ? "full" : "not whole");
  throw full ?? errors[0];
};

// Pages of another edition: their id -> their edition, "" for one that came from the network.
let others;
const open = () => others ??= (async () => await read("pages") ?? {})();
const takeOver = async () => {
  const found = Object.fromEntries((await everyPage()).map(({ id }) => [id, ""]));
  others = Promise.resolve(found);
  await write("pages", found);
  await clients.claim();
  await forget(await ours());
};
const forget = async (names) => {
  const used = new Set([HERE, READERS, PREFIX + await read("newest"), ...Object.values(await open()).map((edition) => PREFIX + edition)]);
  for (const name of names) if (!used.has(name)) await caches.delete(name);
};
// Pages of the newest edition stay noted: one may be about to arrive, or come back by the browser's own way.
const tidy = async () => {
  const of = await open(), newest = await read("newest"), there = new Set((await everyPage()).map(({ id }) => id));
  const gone = Object.keys(of).filter((id) => !there.has(id) && of[id] !== newest);
  if (!gone.length) return;
  const editions = gone.map((id) => PREFIX + of[id]);
  for (const id of gone) delete of[id];
  await write("pages", of);
  await forget(editions);
};
const isOfAnother = async ({ id }) => (await read("pages"))?.[id] !== BOOK.edition;

// The browser has lost a file, and the server does not have it any more: from here on the book comes from the network.
const stepAside = async ({ request, clientId }) => {
  await registration.unregister();
  for (const name of await ours()) await caches.delete(name);
  if (request.mode === "navigate") return loadAgain();
  const page = await clients.get(clientId);
  page?.navigate(page.url);
  return Response.error();
};
const restored = async (event, file) => {
  try {
    const response = await fetched(file);
    if (await caches.has(HERE)) await put(file, response.clone(), HERE).catch(() => {}); // no room: it is fetched again the next time
    return response;
  } catch (error) {
    return error instanceof Another ? stepAside(event) : Response.error();
  }
};

const nameOf = (url) => {
  const file = new URL(url).pathname.slice(new URL(registration.scope).pathname.length);
  if (!file || file.endsWith("/")) return `${file}index.html`;
  return !hashes.has(file) && hashes.has(`${file}.html`) ? `${file}.html` : file; // some hosts leave ".html" out
};
const ofNewest = async (file, id) => {
  if (!registration.waiting || !id) return;
  const edition = await read("newest");
  const page = await kept(file, PREFIX + edition);
  if (!page) return;
  const of = await open();
  of[id] = edition;
  await write("pages", of).catch(() => {}); // no room: known until the worker rests
  return page;
};
const answer = async (event) => {
  const { request, clientId, resultingClientId } = event, file = nameOf(request.url), moves = request.mode === "navigate";
  if (moves && request.destination === "document") {
    event.waitUntil(tidy());
    const page = await ofNewest(file, resultingClientId);
    if (page) return page;
  }
  const edition = (moves ? undefined : (await open())[clientId]) ?? BOOK.edition;
  if (!edition) return fetch(request).catch(async () => await kept(file, HERE) ?? Response.error());
  const found = await kept(file, PREFIX + edition);
  return found ?? (edition === BOOK.edition && hashes.has(file) ? restored(event, file) : fetch(request));
};

addEventListener("install", (event) => event.waitUntil(keepAll()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", (event) => { // a page asks the worker of the newest edition whether it is of that one
  event.waitUntil((async () => await isOfAnother(event.source) && event.source.postMessage({ offline: "newer" }))());
});
addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(registration.scope)) event.respondWith(answer(event));
});
