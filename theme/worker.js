// worker.js: keeps the whole book in the browser, so that it opens without a network. theme/offline.py writes BOOK before this
// text: the edition, and its files as [address, hash], the small ones first.
//
// An edition is kept whole or not at all: a file counts only with the bytes that the edition names. A page gets its scripts, styles
// and data from the edition that it came from itself, also while a page of another edition is open beside it.
"use strict";
const PREFIX = `book ${registration.scope} `; // other books may live on the same host
const HERE = PREFIX + BOOK.edition;
const READERS = `${PREFIX}readers`; // which open page is of which earlier edition
const HASH = "X-Book-Hash";
const AT_ONCE = 4;
const hashes = new Map(BOOK.files);

class Another extends Error {} // edition is on the server, or the file was changed on its way

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));
const kept = (file, cacheName) => caches.match(file, { cacheName });
const put = async (file, response, name) => (await caches.open(name)).put(file, response);
const pages = async (options) => (await clients.matchAll(options)).filter(({ url }) => url.startsWith(registration.scope));
const everyPage = () => pages({ includeUncontrolled: true });
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
    while (names.length) await keep(names.shift(), earlier);
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, oneByOne));
  } catch (error) {
    names.length = 0;
    const lacking = error instanceof Another || error instanceof TypeError; // as fetch says that the network has failed
    if (!lacking) await caches.delete(HERE).catch(() => {}); // otherwise the next attempt goes on from here
    await tell(lacking ? "not whole" : "full");
    throw error;
  }
};

// Pages that were open when this edition took over: their id -> their edition, "" for one that came from the network.
let open;
const readers = async () => await (await kept("readers", READERS))?.json() ?? { pages: {} };
const note = (found) => {
  open = found;
  return put("readers", new Response(JSON.stringify({ edition: BOOK.edition, pages: open })), READERS);
};
const takeOver = async () => {
  const before = await readers();
  const controlled = new Set((await pages()).map(({ id }) => id));
  const found = {};
  for (const { id } of await everyPage()) found[id] = before.pages[id] ?? (controlled.has(id) && before.edition || "");
  await note(found);
  await clients.claim();
  await forget(await ours());
};
const forget = async (names) => {
  const used = new Set([HERE, READERS, ...Object.values(open).map((edition) => PREFIX + edition)]);
  for (const name of names) if (!used.has(name)) await caches.delete(name);
};
const tidy = async () => {
  const before = open ?? (await readers()).pages;
  const there = new Set((await everyPage()).map(({ id }) => id));
  const found = Object.entries(before).filter(([id]) => there.has(id));
  if (found.length === Object.keys(before).length) return;
  await note(Object.fromEntries(found));
  await forget(Object.values(before).map((edition) => PREFIX + edition));
};

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
const answer = async (event) => {
  const { request, clientId } = event, file = nameOf(request.url), moves = request.mode === "navigate";
  if (moves && request.destination === "document") {
    if (registration.waiting && (await pages()).length < 2) {
      registration.waiting.postMessage("take over");
      return loadAgain();
    }
    event.waitUntil(tidy());
  }
  open ??= (await readers()).pages;
  const edition = moves ? BOOK.edition : open[clientId] ?? BOOK.edition;
  if (!edition) return fetch(request).catch(async () => await kept(file, HERE) ?? Response.error());
  const found = await kept(file, PREFIX + edition);
  return found ?? (edition === BOOK.edition && hashes.has(file) ? restored(event, file) : fetch(request));
};

addEventListener("install", (event) => event.waitUntil(keepAll()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", ({ data }) => data === "take over" && skipWaiting());
addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(registration.scope)) event.respondWith(answer(event));
});
