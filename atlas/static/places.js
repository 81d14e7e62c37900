// places.js: the ways to the places of a map for whoever uses no mouse: one Tab stop with arrow keys, and a list
(() => {
  "use strict";
  const CHANGES = "baselayerchange overlayadd overlayremove atlasstop";
  const STEP = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const places = (map) => [...map.getContainer().querySelectorAll("[data-atlas-place]")];

  const go = (map, place) => {
    for (const one of places(map)) one.setAttribute("tabindex", one === place ? "0" : "-1");
    map.panInside(place.atlasCentre, { padding: [40, 40] });
    place.focus({ preventScroll: true });
  };

  const rove = (map) => {
    const restart = () => places(map).forEach((place, index) => place.setAttribute("tabindex", index ? "-1" : "0"));
    map.getContainer().addEventListener("keydown", (event) => {
      const all = places(map), here = all.indexOf(event.target);
      if (here < 0 || !(event.key in STEP)) return;
      go(map, all[(here + STEP[event.key] + all.length) % all.length]);
      event.preventDefault();
    });
    map.on(CHANGES, restart);
    restart();
  };

  // What the map shows, entry by entry; each leads to its place.
  const list = (map) => {
    const box = Object.assign(document.createElement("details"), { className: "atlas-places" });
    const entries = document.createElement("ul");
    box.append(Object.assign(document.createElement("summary"), { textContent: "List" }), entries);
    box.firstChild.setAttribute("aria-label", "List of what this map shows");
    const entry = (place) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: place.getAttribute("aria-label") });
      button.addEventListener("click", () => {
        box.open = false;
        go(map, place);
      });
      const item = document.createElement("li");
      item.append(button);
      return item;
    };
    const fill = () => {
      if (box.open) entries.replaceChildren(...places(map).map(entry));
    };
    box.addEventListener("toggle", fill);
    box.addEventListener("keydown", (event) => {
      event.stopPropagation(); // the map would move
      if (event.key !== "Escape" || !box.open) return;
      box.open = false;
      box.firstChild.focus();
    });
    map.on(CHANGES, fill);
    L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
    map.getContainer().append(box);
  };

  window.atlasPlaces = (map) => {
    rove(map);
    list(map);
  };
})();
