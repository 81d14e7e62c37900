// order.js: put items in order by buttons, by arrow keys, or by dragging a handle
const orderList = (form) => form.querySelector(".quiz-order");
const orderLine = (form, id) => form.querySelector(`[data-quiz-item="${id}"]`);

// Only the ends have a button that leads nowhere.
function showEnds(list) {
  for (const button of list.querySelectorAll("[data-quiz-move]")) {
    button.disabled = button.closest("li") === (button.dataset.quizMove < 0 ? list.firstElementChild : list.lastElementChild);
  }
}

// One step up (-1) or down (1). The neighbour moves, so that the line keeps its focus and the pointer.
function step(line, by) {
  if (by < 0) line.after(line.previousElementSibling);
  else line.before(line.nextElementSibling);
}

const hasNeighbour = (line, by) => Boolean(by < 0 ? line.previousElementSibling : line.nextElementSibling);

function tellMove(form, line) {
  const list = orderList(form);
  const lines = [...list.children];
  list.dataset.touched = "";
  const focused = document.activeElement; // older browsers take the focus at once from what is disabled
  showEnds(list);
  if (focused?.disabled) line.querySelector(".quiz-handle").focus();
  form.querySelector(".quiz-heard").textContent = fill(list.dataset.quizMoved, {
    item: line.querySelector(".quiz-name").textContent, place: lines.indexOf(line) + 1, places: lines.length,
  });
  line.scrollIntoView({ block: "nearest", behavior: "instant" });
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function dragByHandle(form, handle) {
  const line = handle.closest("li");
  let moved = false;
  const follow = ({ clientY }) => {
    for (const by of [-1, 1]) {
      for (;;) {
        const next = by < 0 ? line.previousElementSibling : line.nextElementSibling;
        if (!next) break;
        const { top, height } = next.getBoundingClientRect();
        if ((clientY - top - height / 2) * by <= 0) break;
        step(line, by);
        moved = true;
      }
    }
  };
  const end = () => {
    delete line.dataset.dragged;
    handle.removeEventListener("pointermove", follow);
    if (moved) tellMove(form, line);
    moved = false;
  };
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    handle.setPointerCapture(event.pointerId);
    line.dataset.dragged = "";
    handle.addEventListener("pointermove", follow);
  });
  handle.addEventListener("lostpointercapture", end); // let go, or taken by the system
}

register("order", {
  read: (form) => {
    const list = orderList(form);
    return "touched" in list.dataset ? [...list.children].map((line) => line.dataset.quizItem) : null;
  },
  write: (form, answer) => {
    const list = orderList(form);
    list.append(...(answer ?? list.dataset.quizDrawn.split(" ")).map((id) => orderLine(form, id)));
    if (answer) list.dataset.touched = "";
    else delete list.dataset.touched;
    form.querySelector(".quiz-heard").textContent = "";
    showEnds(list);
  },
  foundWrong: (part, answer) => {
    if (!Array.isArray(answer)) return kind(answer);
    for (const item of answer) {
      if (typeof item !== "string") return `${kind(item)} in the list`;
      if (!part.items.includes(item)) return `an id that is no item ('${[...item].slice(0, 40).join("")}')`;
    }
    if (new Set(answer).size < answer.length) return "one id twice";
    return answer.length < part.items.length ? `${answer.length} of ${part.items.length} items` : null;
  },
  mark: (marking, answer) => {
    const placed = marking.by === "next" ? answer.slice(1).map((next, n) => [answer[n], next]) : answer.map((item, n) => [item, String(n + 1)]);
    return markItems(marking, Object.fromEntries(placed));
  },
  start: (form) => {
    const list = orderList(form);
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-quiz-move]");
      if (!button) return;
      step(button.closest("li"), Number(button.dataset.quizMove));
      tellMove(form, button.closest("li"));
    });
    list.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[event.key];
      const line = event.target.closest("li");
      if (!by || !event.target.matches(".quiz-handle") || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (!hasNeighbour(line, by)) return;
      do step(line, by);
      while (Math.abs(by) > 1 && hasNeighbour(line, by));
      tellMove(form, line);
    });
    for (const handle of list.querySelectorAll(".quiz-handle")) dragByHandle(form, handle);
  },
});
