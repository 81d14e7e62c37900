// core.js: what every question does alike; it looks marks up and never works one out
const types = new Map();

function register(name, type) {
  types.set(name, type);
}

// What a JSON value is, in the words of model.py's `kind`.
function kind(answer) {
  if (Array.isArray(answer)) return "a list";
  if (answer === null || answer === undefined) return "nothing";
  const names = { boolean: "true or false", number: "a number", string: "text", object: "an object" };
  return names[typeof answer] ?? typeof answer;
}

const characters = (text) => [...text].length;

function unknownChoice(part, picked) {
  if (typeof picked !== "string") return kind(picked);
  return part.ids.includes(picked) ? null : `an id that is no choice ('${[...picked].slice(0, 40).join("")}')`;
}

function markAnswer(id, { part, marking }, answer) {
  if (answer === null || answer === undefined) {
    return { points: 0, out_of: part.out_of, state: "unanswered", feedback: [] };
  }
  const type = types.get(part.type);
  const found = type.foundWrong(part, answer, marking);
  if (found) throw new RangeError(`question '${id}': found ${found}; accepted: ${part.accepts}`);
  const [points, state, said, ...notes] = type.mark(marking, answer, part);
  return { points, out_of: part.out_of, state, feedback: [...said.map((n) => marking.feedback[n]), ...notes] };
}

// The same for an answer that should be an object, item to place (items.py, found_wrong_places).
function wrongPlaces(answer, items, places) {
  if (kind(answer) !== "an object") return kind(answer);
  const start = (text) => [...text].slice(0, 40).join("");
  for (const item of Object.keys(answer).sort()) {
    const place = answer[item];
    if (!items.includes(item)) return `a key that is no item ('${start(item)}')`;
    if (typeof place !== "string") return `${kind(place)} in the object`;
    if (!places.includes(place)) return `a value that is no place ('${start(place)}')`;
  }
  return null;
}

// Where an answer puts an item, null if nowhere; the answer may be null.
const placeOf = (answer, item) => (answer && item !== null && Object.hasOwn(answer, item) ? answer[item] : null);

// Adds up what every item earns where it was put, and looks the sum up (items.py, ItemMarking).
function markItems(marking, placed) {
  const earned = marking.items.map(([item, worth]) => placeOf(worth, placeOf(placed, item)) ?? 0);
  const wrong = marking.items.flatMap(([, , best], n) => (earned[n] < best ? [n] : []));
  return [...marking.rows[earned.reduce((sum, units) => sum + units, 0)], wrong];
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const shown = (number) => String(Math.round(number * 100) / 100);

function element(name, className, html = "") {
  const made = document.createElement(name);
  made.className = className;
  made.innerHTML = html; // only ever Python's own HTML or the words table
  return made;
}

// Brings one question's form to life. `saved` is what was kept ({answer, checked}) or null;
// `changed` is told every new record; returns {mark, restore}.
function bringToLife(form, question, words, saved, changed) {
  const id = form.dataset.quizQuestion;
  const type = types.get(question.part.type);
  const result = form.querySelector(".quiz-result");
  const again = form.querySelector("[data-quiz-do=again]");
  let mark = markAnswer(id, question, null);

  function hideResult() {
    result.replaceChildren();
    form.querySelector(".quiz-why")?.remove();
    for (const marked of form.querySelectorAll("[data-mark]")) delete marked.dataset.mark;
    delete form.dataset.state;
    again.hidden = true;
    mark = markAnswer(id, question, null);
  }

  function showResult(answer) {
    hideResult();
    mark = markAnswer(id, question, answer);
    form.dataset.state = mark.state;
    const score = mark.state === "unanswered" || mark.out_of === 0 ? "" : fill(words.mark, { points: shown(mark.points), out_of: shown(mark.out_of) });
    const head = element("p", "quiz-state");
    head.append(element("strong", "", (answer !== null && question.marking.says?.[mark.state]) || words[mark.state]), score && ` · ${score}`);
    result.append(head);
    if (answer === null) return;
    const items = (question.marking.items ?? []).map(([item]) => form.querySelector(`[data-quiz-item="${item}"]`));
    const wrong = items.length ? type.mark(question.marking, answer, question.part)[2] : [];
    for (const [n, item] of items.entries()) if (item) item.dataset.mark = wrong.includes(n) ? "wrong" : "right";
    const labels = type.labels ? type.labels(form) : wrong.map((n) => items[n]?.querySelector(".quiz-name")?.textContent);
    for (const [n, html] of mark.feedback.entries()) {
      const line = element("div", "quiz-feedback", html);
      if (labels[n]) line.prepend(Object.assign(element("b", ""), { dir: "auto", textContent: labels[n].replace(/\.$/, "") }), ": ");
      result.append(line);
    }
    for (const box of question.marking.right ? form.querySelectorAll(".quiz-option input:checked") : []) {
      box.closest(".quiz-option").dataset.mark = question.marking.right.includes(box.value) ? "right" : "wrong";
    }
    const { readAgain, explanation } = question.marking;
    if (readAgain && ["wrong", "partly"].includes(mark.state)) result.append(element("p", "quiz-read-again", readAgain));
    const why = element("details", "quiz-why", explanation);
    why.prepend(element("summary", "", words.explanation));
    result.after(why);
    again.hidden = false;
    type.after?.(form, question, answer); // what the page shows beside the mark
  }

  function restore(record) {
    hideResult();
    try {
      markAnswer(id, question, record?.answer); // the question may have changed since
      type.write(form, record?.answer ?? null);
      if (record?.checked) showResult(record.answer);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      type.write(form, null);
    }
  }

  form.addEventListener("input", () => {
    hideResult();
    changed({ answer: type.read(form), checked: false }, mark);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = type.read(form);
    showResult(answer);
    changed({ answer, checked: answer !== null }, mark);
  });
  again.addEventListener("click", () => {
    type.write(form, null);
    hideResult();
    form.querySelector(".quiz-inputs :is(input, select, textarea, button)").focus();
    changed({ answer: null, checked: false }, mark);
  });
  type.start?.(form, question.part); // what the inputs do beyond what HTML gives them; they tell of a change by an input event
  restore(saved);
  return { mark: () => mark, restore };
}

// Brings a whole quiz to life. A store has read(id), write(id, record) and remove(id).
function bringQuizToLife(section, store) {
  const { words, questions } = JSON.parse(section.querySelector(".quiz-data").textContent);
  const total = section.querySelector(".quiz-total");
  const lives = new Map();

  function showTotal() {
    const marks = [...lives.values()].map((life) => life.mark());
    const sum = (name) => shown(marks.reduce((so_far, mark) => so_far + mark[name], 0));
    const answered = marks.filter((mark) => mark.state !== "unanswered").length;
    const counted = marks.some((mark) => mark.out_of > 0); // surveys are worth no points
    total.textContent = fill(counted ? words.total : words["total-answered"], { points: sum("points"), out_of: sum("out_of"), answered, questions: marks.length });
  }

  for (const form of section.querySelectorAll("form[data-quiz-question]")) {
    const id = form.dataset.quizQuestion;
    lives.set(id, bringToLife(form, questions[id], words, store.read(id), (record, mark) => {
      if (record.answer === null) store.remove(id);
      else store.write(id, record);
      showTotal();
      section.dispatchEvent(new CustomEvent("quiz:answer", { bubbles: true, detail: { id, ...record, mark } }));
    }));
  }
  section.dataset.alive = "";
  showTotal();

  function restore() {
    for (const [id, life] of lives) life.restore(store.read(id));
    showTotal();
  }
  return { questions, words, restore };
}
