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
  const found = type.foundWrong(part, answer);
  if (found) throw new RangeError(`question '${id}': found ${found}; accepted: ${part.accepts}`);
  const [points, state, said, ...notes] = type.mark(marking, answer, part);
  return { points, out_of: part.out_of, state, feedback: [...said.map((n) => marking.feedback[n]), ...notes] };
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
    for (const option of form.querySelectorAll(".quiz-option")) delete option.dataset.mark;
    delete form.dataset.state;
    again.hidden = true;
    mark = markAnswer(id, question, null);
  }

  function showResult(answer) {
    hideResult();
    mark = markAnswer(id, question, answer);
    form.dataset.state = mark.state;
    const score = mark.state === "unanswered" ? "" : fill(words.mark, { points: shown(mark.points), out_of: shown(mark.out_of) });
    const head = element("p", "quiz-state");
    head.append(element("strong", "", words[mark.state]), score && ` · ${score}`);
    result.append(head);
    if (mark.state === "unanswered") return;
    const labels = type.labels ? type.labels(form) : [];
    for (const [n, html] of mark.feedback.entries()) {
      const line = element("p", "quiz-feedback", html);
      if (labels[n]) line.prepend(Object.assign(element("b", ""), { textContent: `${labels[n]}: ` }));
      result.append(line);
    }
    for (const box of form.querySelectorAll(".quiz-option input:checked")) {
      box.closest(".quiz-option").dataset.mark = question.marking.right.includes(box.value) ? "right" : "wrong";
    }
    const why = element("details", "quiz-why", question.marking.explanation);
    why.prepend(element("summary", "", words.explanation));
    result.after(why);
    again.hidden = false;
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
    form.querySelector("input").focus();
    changed({ answer: null, checked: false }, mark);
  });
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
    total.textContent = fill(words.total, { points: sum("points"), out_of: sum("out_of"), answered, questions: marks.length });
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
