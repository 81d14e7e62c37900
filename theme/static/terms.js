// terms.js: shows what a term means, or which work is cited, beside the link, for a mouse, a finger and a keyboard
(() => {
  "use strict";
  const box = Object.assign(document.createElement("span"), { id: "term-meaning", className: "term-meaning", hidden: true });
  box.setAttribute("role", "tooltip");
  (document.querySelector("main") ?? document.body).append(box);
  const address = new URL("citations.js", document.currentScript.src);
  let shown = null; // the link whose meaning stands there
  let citations = null; // promise of the works by their anchors, which are loaded when they are first asked for

  const load = () => new Promise((done) => {
    const loaded = () => done(window.bookCitations ?? {});
    document.head.append(Object.assign(document.createElement("script"), { src: address, onload: loaded, onerror: loaded }));
  });
  const explain = async (link) => {
    if (link.dataset.meaning === undefined) link.dataset.meaning = (await (citations ??= load()))[link.hash.slice(1)] ?? "";
    if (shown === link && link.dataset.meaning) open(link);
  };

  const hide = () => {
    shown?.removeAttribute("aria-describedby");
    shown = null;
    box.hidden = true;
  };
  const show = (link) => {
    if (shown === link) return;
    hide();
    shown = link;
    explain(link);
  };
  const open = (link) => {
    link.setAttribute("aria-describedby", box.id);
    box.textContent = link.dataset.meaning;
    box.hidden = false;
    const { left, top, bottom } = link.getClientRects()[0];
    const { width, height } = box.getBoundingClientRect();
    const from = (box.offsetParent ?? document.documentElement).getBoundingClientRect();
    const room = document.documentElement.clientWidth - width - 8;
    box.style.left = `${Math.max(8, Math.min(left, room)) - from.left}px`;
    box.style.top = `${(bottom + height + 8 < innerHeight ? bottom : top - height) - from.top}px`;
  };

  for (const link of document.querySelectorAll("a[data-meaning], .bibtex-citation a")) {
    link.addEventListener("mouseenter", () => show(link));
    link.addEventListener("focus", () => show(link));
    link.addEventListener("mouseleave", ({ relatedTarget }) => relatedTarget !== box && document.activeElement !== link && hide());
    link.addEventListener("blur", hide);
    // A finger does not rest on a link: the first tap shows the meaning, the second follows the link.
    link.addEventListener("pointerdown", ({ pointerType }) => { link.dataset.first = pointerType === "touch" && shown !== link ? "yes" : ""; });
    link.addEventListener("click", (event) => {
      if (link.dataset.first === "yes") event.preventDefault();
      link.dataset.first = "";
      show(link);
    });
  }
  box.addEventListener("mouseleave", ({ relatedTarget }) => relatedTarget !== shown && hide());
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  addEventListener("pointerdown", ({ target }) => shown && !box.contains(target) && !shown.contains(target) && hide());
})();
