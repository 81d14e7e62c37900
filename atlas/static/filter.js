// filter.js: brings the filters of a table to life. Python has numbered the values of each filter
// and written every row's numbers on it; a row is shown when it has all that are chosen.
(() => {
  "use strict";
  for (const box of document.querySelectorAll("[data-atlas-filtered]")) {
    const form = box.querySelector("form");
    const choices = [...form.querySelectorAll("select")];
    const status = form.querySelector("[role=status]");
    const rows = [...box.querySelectorAll("tbody tr")].map((row) => [row, row.dataset.atlasKinds.split(" ")]);

    const apply = () => {
      for (const [row, kinds] of rows) {
        row.hidden = choices.some(({ value }, place) => value && value !== kinds[place]);
      }
      const shown = rows.filter(([row]) => !row.hidden).length;
      const text = status.dataset.atlasCount.replace("{shown}", shown);
      if (status.textContent !== text) status.textContent = text;
    };

    form.addEventListener("change", apply);
    form.addEventListener("reset", () => setTimeout(apply)); // once the choices are reset
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("pageshow", apply); // a browser may bring old choices back
    apply();
    box.classList.add("atlas-alive");
  }
})();
