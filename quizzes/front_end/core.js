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
const shown = (number, { decimal }) => String(Math.round(number * 100) / 100).replace(".", decimal); // as in the language of the words

function element(name, className, html = "") {
  const made = document.createElement(name);
  made.className = className;
  made.innerHTML = html; // only ever Python's own HTML or the words table
  return made;
}

// How a quiz may be taken beside being asked (behaviours.py): each makes a rule for a quiz, or null. A rule's hooks, all optional:
//   keeps(id, record, mark, before)  more that a new record keeps; `before` is the one before it
//   shown(id, form, record)          a record shows, or another one; null is none
//   marked(id, record, mark)         a line beside a mark
//   emptied()                        more that is kept, or taken back as undefined, where the reader tries again
//   earned(id, mark, record)         the mark that counts in the total
//   locked(), closed()               no mark is shown yet; every mark is shown, and no answer changes
//   total(), start(), heard()        a line under the total; all questions are alive; another tab changed the quiz's own record
const manners = [];

// Brings one question's form to life. `keep` reads what is kept of it ({answer, checked, ...}) and is told every new record.
function bringToLife(form, question, words, keep, rules) {
  const id = form.dataset.quizQuestion;
  const type = types.get(question.part.type);
  const result = form.querySelector(".quiz-result");
  const again = form.querySelector("[data-quiz-do=again]");
  const says = (hook) => rules.some((rule) => rule[hook]?.());
  let mark = markAnswer(id, question, null);
  let record = null;

  function hideResult() {
    result.replaceChildren();
    form.querySelector(".quiz-why")?.remove();
    for (const marked of form.querySelectorAll("[data-mark]")) delete marked.dataset.mark;
    delete form.dataset.state;
    again.hidden = true;
    mark = markAnswer(id, question, null);
  }

  function showParts(answer) {
    const items = (question.marking.items ?? []).map(([item]) => form.querySelector(`[data-quiz-item="${item}"]`));
    const wrong = items.length ? type.mark(question.marking, answer, question.part)[2] : [];
    for (const [n, item] of items.entries()) if (item) item.dataset.mark = wrong.includes(n) ? "wrong" : "right";
    const labels = type.labels ? type.labels(form, question.part) : wrong.map((n) => items[n]?.querySelector(".quiz-name")?.textContent);
    for (const [n, html] of mark.feedback.entries()) {
      const line = element("div", "quiz-feedback", html);
      if (labels[n]) line.prepend(Object.assign(element("b", ""), { dir: "auto", textContent: labels[n].replace(/\.$/, "") }), ": ");
      result.append(line);
    }
    for (const box of question.marking.right ? form.querySelectorAll(".quiz-option input:checked") : []) {
      box.closest(".quiz-option").dataset.mark = question.marking.right.includes(box.value) ? "right" : "wrong";
    }
  }

  function showResult(answer) {
    hideResult();
    mark = markAnswer(id, question, answer);
    form.dataset.state = mark.state;
    const score = mark.state === "unanswered" || mark.out_of === 0 ? "" : fill(words.mark, { points: shown(mark.points, words), out_of: shown(mark.out_of, words) });
    const head = element("p", "quiz-state");
    head.append(element("strong", "", (answer !== null && question.marking.says?.[mark.state]) || words[mark.state]), score && ` · ${score}`);
    result.append(head);
    if (answer === null && !says("closed")) return;
    for (const rule of rules) {
      const line = rule.marked?.(id, record, mark);
      if (line) result.append(Object.assign(element("p", "quiz-counts"), { textContent: line }));
    }
    if (answer !== null) showParts(answer);
    const { readAgain, explanation } = question.marking;
    if (readAgain && mark.state !== "right" && (answer === null || mark.state !== "unanswered")) result.append(element("p", "quiz-read-again", readAgain));
    const why = element("details", "quiz-why", explanation);
    why.prepend(element("summary", "", words.explanation));
    result.after(why);
    again.hidden = says("closed");
    if (answer !== null) type.after?.(form, question, answer); // what the page shows beside the mark
  }

  // A new record: what was kept, what is new, and what the rules add.
  function renew(fresh, itsMark) {
    const { at, ...before } = keep.read() ?? {};
    record = Object.assign({}, before, fresh, ...rules.map((rule) => rule.keeps?.(id, fresh, itsMark, before)));
    for (const [key, value] of Object.entries(record)) if (value === undefined) delete record[key];
  }

  function tell() {
    for (const rule of rules) rule.shown?.(id, form, record);
    keep.write(record, mark);
  }

  function change(fresh) {
    hideResult();
    renew(fresh, mark);
    tell();
  }

  // Marks an answer and keeps that it was: what stands in the form, or what is given.
  function check(answer = type.read(form), more = {}) {
    const fresh = { answer, checked: answer !== null, ...more };
    renew(fresh, markAnswer(id, question, answer));
    showResult(answer);
    tell();
  }

  // The answer of a record; null where it fits no more, as the question may have changed since.
  function fitting(kept) {
    try {
      markAnswer(id, question, kept?.answer);
      return kept?.answer ?? null;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return null;
    }
  }

  function restore() {
    record = keep.read();
    hideResult();
    const answer = fitting(record);
    type.write(form, answer);
    if (says("closed") || (record?.checked && answer !== null && !says("locked"))) showResult(answer);
    for (const rule of rules) rule.shown?.(id, form, record);
  }

  form.addEventListener("input", () => change({ answer: type.read(form), checked: false }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!says("locked")) check();
  });
  again.addEventListener("click", () => {
    type.write(form, null);
    change(Object.assign({ answer: null, checked: false }, ...rules.map((rule) => rule.emptied?.())));
    form.querySelector(".quiz-inputs :is(input, select, textarea, button)").focus();
  });
  type.start?.(form, question.part); // what the inputs do beyond what HTML gives them; they tell of a change by an input event
  return {
    form, restore, check, change,
    mark: () => mark,
    earned: () => rules.reduce((earned, rule) => rule.earned?.(id, earned, record) ?? earned, mark),
    record: () => record,
    read: () => type.read(form),
    settle: (more) => check(fitting(record), more), // what is kept is the answer, whatever stands in the form
    note: (more) => { // beside the answer, which stays as it is
      renew({ answer: record?.answer ?? null, checked: record?.checked ?? false, ...more }, mark);
      tell();
    },
  };
}

// Brings a whole quiz to life. A store has read(id), write(id, record) and remove(id).
function bringQuizToLife(section, store) {
  const { words, others, questions, manner } = JSON.parse(section.querySelector(".quiz-data").textContent);
  const total = section.querySelector(".quiz-total");
  const lives = new Map();
  const ids = Object.keys(questions);
  const quiz = { section, store, words, questions, manner, lives, asked: ids, keyOf: (id) => id, showTotal, restore, ids };
  // What is kept of the quiz itself, under a name that no question can have.
  quiz.state = () => store.read(`@${manner.name}`) ?? {};
  quiz.note = (more) => store.write(`@${manner.name}`, { ...quiz.state(), answer: null, checked: false, ...more });
  const rules = manner ? manners.map((make) => make(quiz)).filter(Boolean) : [];

  function showTotal() {
    const marks = quiz.asked.map((id) => lives.get(id).earned());
    const sum = (name) => shown(marks.reduce((so_far, mark) => so_far + mark[name], 0), words);
    const answered = marks.filter((mark) => mark.state !== "unanswered").length;
    const counted = marks.some((mark) => mark.out_of > 0); // surveys are worth no points
    const text = fill(counted ? words.total : words["total-answered"], { points: sum("points"), out_of: sum("out_of"), answered, questions: marks.length });
    total.textContent = [text, ...rules.map((rule) => rule.total?.())].filter(Boolean).join(" · ");
  }

  for (const form of section.querySelectorAll("form[data-quiz-question]")) {
    const id = form.dataset.quizQuestion;
    lives.set(id, bringToLife(form, questions[id], others?.[form.lang] ?? words, {
      read: () => store.read(quiz.keyOf(id)),
      write: (record, mark) => {
        if (record.answer === null && Object.keys(record).length === 2) store.remove(quiz.keyOf(id));
        else store.write(quiz.keyOf(id), record);
        showTotal();
        section.dispatchEvent(new CustomEvent("quiz:answer", { bubbles: true, detail: { id, ...record, mark } }));
      },
    }, rules));
  }
  section.dataset.alive = "";
  restore();
  for (const rule of rules) rule.start?.();

  // Shows what is kept; of one entry alone where another tab changed no more.
  function restore(key) {
    for (const rule of key === undefined || key.startsWith("@") ? rules : []) rule.heard?.();
    for (const [id, life] of lives) if (key === undefined || key === quiz.keyOf(id)) life.restore();
    showTotal();
  }
  return { questions, words, restore, kept: manner ? [...ids, `@${manner.name}`] : ids };
}
