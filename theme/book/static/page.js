// page.js: the bar: which colours, and the contents on a narrow screen
(() => {
  "use strict";
  const root = document.documentElement;

  const choices = { "": "as the device has them", dark: "dark", light: "light" };
  const other = matchMedia("(prefers-color-scheme: dark)").matches ? ["light", "dark"] : ["dark", "light"]; // the first press shows a difference
  const colours = document.querySelector(".bar-colours");
  const name = () => colours.setAttribute("aria-label", `Colours: ${choices[root.dataset.colours] ?? choices[""]}`);
  colours.hidden = false;
  name();
  colours.addEventListener("click", () => {
    const names = ["", ...other];
    root.dataset.colours = names[(names.indexOf(root.dataset.colours) + 1) % names.length];
    try {
      localStorage.setItem("book:colours", root.dataset.colours);
    } catch { /* chosen for this page alone */ }
    name();
  });

  const opener = document.querySelector(".bar-menu");
  const contents = document.getElementById("contents");
  const isOpen = () => root.classList.contains("contents-open");
  const open = (wanted) => {
    root.classList.toggle("contents-open", wanted);
    opener.setAttribute("aria-expanded", wanted);
    (wanted ? contents.querySelector("[aria-current], li a") : opener).focus(); // not the search, which would raise a phone's keyboard
  };
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-expanded", "false");
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    open(!isOpen());
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      opener.click();
    }
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) open(false);
  });
  document.querySelector(".page").addEventListener("click", (event) => {
    if (isOpen() && (!contents.contains(event.target) || event.target.closest("a[href*='#']"))) open(false);
  });
  contents.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
})();
