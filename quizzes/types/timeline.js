// timeline.js: place events in time; a slider and a number box for each, kept in step
const eventParts = (row) => ["[type=range]", "[type=number]", "output"].map((selector) => row.querySelector(selector));

// Puts an event in a year; null takes it off the line.
function placeEvent(row, year) {
  const [slider, box, output] = eventParts(row);
  slider.value = year ?? slider.defaultValue;
  box.value = year ?? "";
  output.textContent = year ?? "–";
  if (year === null) {
    delete row.dataset.touched;
    slider.setAttribute("aria-valuetext", slider.dataset.quizNone);
  } else {
    row.dataset.touched = "";
    slider.removeAttribute("aria-valuetext");
  }
}

// What was typed: a year of the line; null where the box is empty; undefined while it is neither.
function typedYear(box) {
  if (box.value === "") return box.validity.badInput ? undefined : null;
  const year = Number(box.value);
  return Number.isInteger(year) && year >= Number(box.min) && year <= Number(box.max) ? year : undefined;
}

register("timeline", {
  read: (form) => {
    const rows = [...form.querySelectorAll(".quiz-event[data-touched]")];
    return rows.length ? Object.fromEntries(rows.map((row) => [row.dataset.quizItem, Number(eventParts(row)[0].value)])) : null;
  },
  write: (form, answer) => {
    for (const row of form.querySelectorAll(".quiz-event")) placeEvent(row, placeOf(answer, row.dataset.quizItem));
  },
  foundWrong: (part, answer) => {
    if (kind(answer) !== "an object") return kind(answer);
    const [first, last] = part.span;
    for (const event of Object.keys(answer).sort()) {
      const year = answer[event];
      if (!part.items.includes(event)) return `a key that is no event ('${[...event].slice(0, 40).join("")}')`;
      if (typeof year !== "number") return `${kind(year)} in the object`;
      if (!(first <= year && year <= last) || !Number.isInteger(year)) return "a number that is no year of the line";
    }
    return null;
  },
  mark: (marking, answer) => {
    const where = ([event, year]) => [event, marking.intervals[event].find(([first, last]) => first <= year && year <= last)?.[2]];
    return markItems(marking, Object.fromEntries(Object.entries(answer).map(where)));
  },
  start: (form) => {
    for (const row of form.querySelectorAll(".quiz-event")) {
      const [slider, box] = eventParts(row);
      slider.addEventListener("input", () => placeEvent(row, Number(slider.value)));
      slider.addEventListener("click", () => {
        if ("touched" in row.dataset) return;
        placeEvent(row, Number(slider.value)); // pressed where it stood: that is a year too
        form.dispatchEvent(new Event("input", { bubbles: true }));
      });
      box.addEventListener("input", () => {
        const year = typedYear(box);
        const written = box.value;
        if (year === undefined) return;
        placeEvent(row, year);
        box.value = written; // as it is typed
      });
      box.addEventListener("change", () => placeEvent(row, "touched" in row.dataset ? Number(slider.value) : null));
    }
  },
});
