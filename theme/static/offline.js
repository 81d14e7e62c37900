// offline.js: has the book kept in the browser for reading without a network, once the page has loaded; says when a new edition is there.
// An element with `data-offline` (theme/offline.py) says how that stands, and its button asks for it or takes it away.
(() => {
  "use strict";
  const root = new URL("../", document.currentScript.src);
  const said = document.querySelector("[data-offline]");
  const choice = `book:offline:${root.pathname}`; // "yes" or "no" where the reader has said so
  const texts = {
    disk: ["This copy of the book lies on your own device. It needs no network."],
    unable: ["This browser, or this address, cannot keep the book for reading without a network."],
    saving: ["Your device asks to save data, so the book is not kept for reading without a network.", "Keep it all the same (less than 15 MB)", "yes"],
    none: ["The book is not kept for reading without a network.", "Keep it (less than 15 MB)", "yes"],
    busy: ["The book is being kept in this browser, for reading without a network ..."],
    kept: ["The whole book is kept in this browser, and opens without a network.", "Keep it no longer", "no"],
    full: ["This browser has no room to keep the book, or does not allow it. Reading with a network goes on as before."],
    "not whole": ["The book did not arrive whole, so it is not kept yet. The next page that you open tries again."],
  };

  const say = (name) => {
    if (!said) return;
    const [text, label, wish] = texts[name];
    said.querySelector("p").textContent = text;
    const button = said.querySelector("button");
    button.hidden = !label;
    button.textContent = label ?? "";
    button.onclick = () => choose(wish);
  };
  const remembered = (store, name) => {
    try {
      return store().getItem(name);
    } catch { /* the browser forbids it */ }
  };
  const remember = (store, name, text) => {
    try {
      store().setItem(name, text);
    } catch { /* asked again the next time */ }
  };
  const own = () => localStorage, visit = () => sessionStorage;

  const workers = (() => {
    try {
      return navigator.serviceWorker;
    } catch { /* a page in a closed-off frame */ }
  })();
  const registered = async () => {
    const found = await workers.getRegistration(root).catch(() => {});
    return found?.scope === root.href ? found : undefined; // a whole host may have one of its own
  };
  const choose = async (wish) => {
    remember(own, choice, wish);
    if (wish === "yes") return keep();
    await (await registered())?.unregister();
    for (const name of await caches.keys()) if (name.startsWith(`book ${root} `)) await caches.delete(name);
    say("none");
  };

  // The next page that is opened is of the new edition (theme/worker.js); this one when the reader asks for it.
  const offer = () => {
    if (document.querySelector(".offline-note")) return;
    const note = Object.assign(document.createElement("div"), { className: "offline-note" });
    const text = Object.assign(document.createElement("p"), { textContent: "A new edition of the book is ready. Your answers stay." });
    const load = Object.assign(document.createElement("button"), { type: "button", textContent: "Show it" });
    const later = Object.assign(document.createElement("button"), { type: "button", textContent: "Later" });
    note.setAttribute("role", "status");
    load.addEventListener("click", () => location.reload());
    later.addEventListener("click", () => note.remove());
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("_static/offline.css", root) });
    style.addEventListener("load", () => note.append(text, load, later)); // the note itself is there before, so that it is read out
    document.body.append(note, style);
  };

  const watch = (registration) => {
    const look = () => {
      if (registration.active) registration.waiting?.postMessage("is this page yours?");
      if (registration.active) say("kept");
    };
    const follow = (worker) => worker?.addEventListener("statechange", look);
    look();
    follow(registration.installing);
    registration.addEventListener("updatefound", () => follow(registration.installing));
  };
  const keep = async () => {
    say("busy");
    try {
      watch(await workers.register(new URL("sw.js", root)));
    } catch {
      say("unable");
    }
  };

  const begin = async () => {
    const wish = remembered(own, choice);
    if (wish === "no") return say("none");
    if (!(await registered())?.active && navigator.connection?.saveData && wish !== "yes") return say("saving");
    if (remembered(visit, choice) === "full") return say("full");
    return keep();
  };

  if (location.protocol === "file:") return say("disk");
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: new URL("manifest.webmanifest", root) }));
  if (!workers) return say("unable");
  workers.addEventListener("message", ({ data }) => {
    if (data?.offline === "newer") return offer();
    if (!(data?.offline in texts)) return;
    say(data.offline);
    if (data.offline === "full") remember(visit, choice, "full");
  });
  const soon = () => setTimeout(begin, workers.controller ? 0 : 2000); // the page comes first
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon);
})();
