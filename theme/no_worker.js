// no_worker.js: takes the place of worker.js where the book is not to be kept: removes itself and what was kept.
"use strict";
const takeAway = async () => {
  const pages = await clients.matchAll();
  for (const name of await caches.keys()) if (name.startsWith(`book ${registration.scope} `)) await caches.delete(name);
  await registration.unregister();
  for (const page of pages) page.navigate(page.url);
};
addEventListener("install", () => setTimeout(() => skipWaiting(), 500)); // Chromium forgets a wish that comes before it is installed
addEventListener("activate", (event) => event.waitUntil(takeAway()));
