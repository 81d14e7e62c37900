// open_answer.js: write, compare with a model answer, tick what the text has
const UNREADABLE = /[\0\p{Surrogate}]/gu;
const openTicks = new WeakMap(); // form -> criteria ticked, which stay ticked while the text is mended

function wrongOpenText(text) {
  if (characters(text) > 10000) return "text of more than 10000 characters";
  return text.search(UNREADABLE) >= 0 ? "text with a null byte or half a letter" : null;
}

function wrongOpenMet(met, { units }) {
  for (const id of met) {
    if (typeof id !== "string") return `${kind(id)} in 'met'`;
    if (!Object.hasOwn(units, id)) return `an id that is no criterion ('${[...id].slice(0, 40).join("")}')`;
  }
  return new Set(met).size < met.length ? "one id twice" : null;
}

const openParts = (answer) => (typeof answer === "string" ? { text: answer, met: [] } : answer);

// The model answer and the rubric stand after the mark, outside what is announced at every tick.
function showOpenRubric(form, marking, met) {
  let panel = form.querySelector(".quiz-rubric");
  if (!panel) {
    panel = element("div", "quiz-rubric", marking.rubric);
    panel.prepend(element("p", "quiz-stem", marking.model), element("div", "quiz-model", marking.feedback[0]));
    form.querySelector(".quiz-result").after(panel);
    panel.addEventListener("input", () => {
      openTicks.set(form, [...panel.querySelectorAll("input:checked")].map((box) => box.value));
    });
    panel.addEventListener("change", () => form.requestSubmit()); // marked again at once
  }
  panel.hidden = false;
  for (const box of panel.querySelectorAll("input")) box.checked = met.includes(box.value);
  form.querySelector(".quiz-feedback")?.remove();
  panel.after(form.querySelector(".quiz-why"));
}

function countOpenWords(form) {
  const place = form.querySelector("[data-quiz-limit]");
  if (!place) return;
  const words = form.querySelector("textarea").value.split(/\s+/u).filter(Boolean).length;
  const { quizLimit: limit, quizCount: count } = place.dataset;
  place.textContent = fill(count, { words, limit });
}

register("open-answer", {
  selfMarked: true, // by ticking what the text has, after the first check
  read: (form) => {
    const text = form.querySelector("textarea").value.replace(UNREADABLE, ""); // pasted, never typed
    const met = openTicks.get(form) ?? [];
    if (!text.trim()) return null;
    return met.length ? { text, met } : text;
  },
  write: (form, answer) => {
    const { text, met } = openParts(answer ?? "");
    form.querySelector("textarea").value = text;
    openTicks.set(form, met);
    form.querySelector(".quiz-rubric")?.remove();
    countOpenWords(form);
  },
  start: (form) => {
    form.querySelector("textarea").addEventListener("input", () => {
      const panel = form.querySelector(".quiz-rubric");
      if (panel) panel.hidden = true;
      countOpenWords(form);
    });
  },
  foundWrong: (part, answer, marking) => {
    if (typeof answer === "string") return wrongOpenText(answer);
    if (kind(answer) !== "an object") return kind(answer);
    if (Object.keys(answer).some((key) => key !== "text" && key !== "met")) return "a key that is neither 'text' nor 'met'";
    const own = (key) => (Object.hasOwn(answer, key) ? answer[key] : null);
    if (typeof own("text") !== "string") return `${kind(own("text"))} as 'text'`;
    if (!Array.isArray(own("met"))) return `${kind(own("met"))} as 'met'`;
    return wrongOpenText(answer.text) ?? wrongOpenMet(answer.met, marking);
  },
  tried: (answer) => openParts(answer).text, // ticks do not make another try
  mark: (marking, answer) => {
    const { text, met } = openParts(answer);
    if (!text.trim()) return [...marking.rows[0], []];
    return [...marking.rows[met.reduce((sum, id) => sum + marking.units[id], 0)], [0]];
  },
  after: (form, { marking }, answer) => showOpenRubric(form, marking, openParts(answer).met),
});
