// map.js: brings a page's maps to life, each when it comes near the viewport.
(() => {
  "use strict";
  const here = new URL(".", document.currentScript.src).href;
  const wanted = new Map(); // file name -> promise that it has run

  const load = (name) => {
    if (!wanted.has(name)) {
      wanted.set(name, new Promise((done, failed) => {
        const element = name.endsWith(".css")
          ? Object.assign(document.createElement("link"), { rel: "stylesheet", href: here + name })
          : Object.assign(document.createElement("script"), { async: false, src: here + name });
        element.onload = done;
        element.onerror = () => failed(new Error(`cannot load ${name}`));
        document.head.append(element);
      }));
    }
    return wanted.get(name);
  };

  // What all maps share comes first, side by side; then the map's own script.
  const start = async (canvas) => {
    await Promise.all(canvas.dataset.atlasShared.split(" ").map(load));
    await load(canvas.dataset.atlasScript);
  };

  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      start(target);
    }
  }, { rootMargin: "400px" });
  for (const canvas of document.querySelectorAll("[data-atlas-script]")) watcher.observe(canvas);

  // On paper the folded tables are read as well.
  const folded = () => document.querySelectorAll(".atlas-data:not([open])");
  let opened = [];
  addEventListener("beforeprint", () => { opened = [...folded()]; opened.forEach((one) => { one.open = true; }); });
  addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
})();
