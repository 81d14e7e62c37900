// sealed.js: an assignment; answers are read, kept and handed in, and nothing here could mark one
const SAVING = 10_000; // how often the time that was spent is kept
const AWAY = 120_000; // without a sign of the student no time is counted
const HAND_IN = { format: "quizzes-hand-in", version: 1 };
const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

// Letters and digits that any system can have in a file's name.
const slug = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "")
  || [...text].map((letter) => letter.codePointAt(0).toString(16)).join("-").slice(0, 60);

// What was typed or pasted, without what nobody sees.
const tidy = (text) => text.replace(/(?![\u200c\u200d])[\p{Cf}\p{Cs}\p{Co}\0-\x08]/gu, "").trim().replace(/\s+/g, " ");

// What is wrong with the two fields that say who hands in (specification.py, clean_name and clean_number).
function wrongField(field, { number, longest }) {
  const text = tidy(field.value);
  if (field.name === "name") return !/\p{L}/u.test(text) || [...text].length > longest;
  return !new RegExp(`^(?:${number})$`, "u").test(text.normalize("NFKC"));
}

// How far a question is answered: ["open" | "partly" | "unreadable" | "given", how many items of it, of how many].
function howFar(type, part, answer) {
  if (answer === null || answer === undefined) return ["open"];
  if (type.foundWrong(part, answer, { units: {} }) || type.unreadable?.(answer)) return ["unreadable"];
  const items = (part.gaps ?? part.items ?? []).length;
  const filled = kind(answer) === "an object" ? Object.keys(answer).length : items;
  return filled < items ? ["partly", filled, items] : ["given"];
}

// Counts for each question the seconds in which it was in front of the student. Gives what ends it.
function countSeconds(forms, add, keep) {
  const middle = () => forms.find((form) => {
    const { top, bottom } = form.getBoundingClientRect();
    return top <= innerHeight / 2 && bottom >= innerHeight / 2;
  });
  const focused = () => {
    const form = document.activeElement?.closest("[data-quiz-question]");
    const box = form?.getBoundingClientRect();
    return box && box.bottom > 0 && box.top < innerHeight ? form : null;
  };
  let last = performance.now();
  let sign = last;
  const signs = ["pointerdown", "pointermove", "keydown", "input", "scroll"];
  const noted = () => { sign = performance.now(); };
  for (const name of signs) addEventListener(name, noted, { capture: true, passive: true });
  const looking = setInterval(() => {
    const now = performance.now();
    const spent = now - last;
    last = now;
    if (document.visibilityState !== "visible" || now - sign > AWAY || spent > 5_000) return; // the device slept
    const form = focused() ?? middle();
    if (form) add(form.dataset.quizQuestion, spent / 1000);
  }, 1000);
  const keeping = setInterval(keep, SAVING);
  addEventListener("pagehide", keep);
  return () => {
    for (const name of signs) removeEventListener(name, noted, { capture: true });
    removeEventListener("pagehide", keep);
    clearInterval(looking);
    clearInterval(keeping);
  };
}

// Brings an assignment to life. A store has read(id), write(id, record), `lasting` and `damaged`; `handOver(hand-in, name of the file)`
// takes what is handed in. Gives what shows again what is kept, and what ends it.
function bringAssignmentToLife(root, store, handOver) {
  const data = JSON.parse(root.querySelector(".quiz-data").textContent);
  const { words, questions } = data;
  const find = (selector) => root.querySelector(selector);
  const forms = [...root.querySelectorAll("form[data-quiz-question]")];
  const fields = [...root.querySelectorAll(".sealed-who input")];
  const handInButton = find("[data-sealed-do=hand-in]");
  const nextButton = find("[data-sealed-do=next]");
  const said = find(".sealed-said");
  const typeOf = (form) => types.get(questions[form.dataset.quizQuestion].type);
  const read = (form) => typeOf(form).read(form) ?? null;
  const far = (form) => howFar(typeOf(form), questions[form.dataset.quizQuestion], read(form));
  const fits = (form, answer) => answer === null || !typeOf(form).foundWrong(questions[form.dataset.quizQuestion], answer, { units: {} });
  const isOpen = (form) => far(form)[0] === "open" || far(form)[0] === "unreadable";
  const numberOf = (form) => form.querySelector(".quiz-number").textContent;
  const seconds = { ...store.read("@time")?.seconds };
  let armed = false; // the hand-in button was pressed once, with questions open

  const note = (id, more) => store.write(id, { ...store.read(id), ...more });
  const begin = () => store.read("@time")?.started ?? note("@time", { started: new Date().toISOString(), seconds });
  const keepTime = () => Object.keys(seconds).length && store.read("@time")?.started && note("@time", { seconds });

  function showState(form) {
    const [state, filled, items] = far(form);
    const line = form.querySelector(".sealed-state span");
    form.dataset.given = state;
    line.textContent = state === "open" ? words.unanswered : fill(words[`assignment-${state}`], { filled, items });
    form.querySelector("[data-sealed-do=clear]").hidden = state === "open" && !("cleared" in form.dataset);
  }

  // The answers that can be handed in; null is unanswered. A number that cannot be read goes along as it was written.
  const answers = () => Object.fromEntries(forms.map((form) => [form.dataset.quizQuestion, fits(form, read(form)) ? read(form) : null]));
  const who = () => Object.fromEntries(fields.map((field) => [field.name, tidy(field.value)]));
  const whatIsHandedIn = () => JSON.stringify([who(), answers()]);

  function showAll() {
    const open = forms.filter(isOpen);
    find(".sealed-count").textContent = fill(words["total-answered"], { answered: forms.length - open.length, questions: forms.length });
    nextButton.hidden = !open.length;
    const list = find(".sealed-open");
    list.replaceChildren(open.length ? `${words["assignment-open"]} ` : words["assignment-complete"]);
    for (const [n, form] of open.entries()) {
      const link = Object.assign(element("a", ""), { href: `#${form.id}`, textContent: numberOf(form) });
      list.append(link, n < open.length - 1 ? ", " : "");
    }
    const { name, number } = who();
    find(".sealed-as").textContent = name || number ? fill(words["assignment-as"], { name: name || "–", number: number || "–" }) : "";
    const handed = store.read("@handed");
    const state = !handed ? "" : handed.what === whatIsHandedIn() ? "in" : "changed";
    root.dataset.handed = state;
    const about = handed && { file: handed.file, time: clock(handed.at) };
    tell(find(".sealed-handed"), state && fill(words[state === "in" ? "assignment-handed-in" : "assignment-changed"], about));
    if (state) find(".sealed-kept").textContent = fill(words[state === "in" ? "assignment-in" : "assignment-changed-since"], about);
    tell(find(".sealed-notice"), !store.lasting ? words["assignment-not-kept"] : store.damaged ? words["assignment-damaged"] : "");
  }

  const tell = (place, text) => {
    if (place.textContent !== text) place.textContent = text; // the same again would be said aloud again
  };

  function say(text) {
    said.textContent = text;
    said.scrollIntoView({ block: "nearest" });
  }

  function kept() {
    find(".sealed-kept").textContent = store.lasting ? fill(words["assignment-kept"], { time: clock(Date.now()) }) : "";
  }

  function disarm() {
    if (!armed) return;
    armed = false;
    handInButton.textContent = words["hand-in"];
    said.textContent = "";
  }

  function keepAnswer(form) {
    begin();
    store.write(form.dataset.quizQuestion, { answer: read(form), checked: false });
    kept();
    disarm();
    showState(form);
    showAll();
  }

  function restoreAnswer(form) {
    const id = form.dataset.quizQuestion;
    const answer = store.read(id)?.answer ?? null;
    typeOf(form).write(form, fits(form, answer) ? answer : null);
    if (!fits(form, answer)) store.damaged = (store.damaged ?? 0) + 1;
    showState(form);
  }

  // Shows what is kept; of one entry alone where that is all that changed elsewhere.
  function restore(key) {
    for (const form of forms) if (key === undefined || key === form.dataset.quizQuestion) restoreAnswer(form);
    if (key === undefined || key === "@who") for (const field of fields) field.value = store.read("@who")?.[field.name] ?? "";
    showAll();
  }

  function checkField(field) {
    const wrong = wrongField(field, data);
    field.setAttribute("aria-invalid", wrong);
    root.querySelector(`#${field.getAttribute("aria-describedby").split(" ").at(-1)}`).textContent = wrong ? words[`assignment-wrong-${field.name}`] : "";
    return !wrong;
  }

  function goTo(form) {
    form.scrollIntoView({ block: "start" });
    form.querySelector(".quiz-inputs :is(input, select, textarea, button:not(:disabled))").focus({ preventScroll: true });
  }

  function handIn() {
    const wrong = fields.filter((field) => !checkField(field));
    if (wrong.length) {
      say(words["assignment-who-first"]);
      wrong[0].focus();
      return;
    }
    const open = forms.filter(isOpen).length;
    if (open && !armed) {
      armed = true;
      handInButton.textContent = words["hand-in-anyway"];
      say(fill(words["hand-in-sure"], { questions: open }));
      return;
    }
    const started = begin() && store.read("@time").started;
    const at = new Date().toISOString();
    const { number } = who();
    const file = `${slug(data.bank)}-${slug(number.normalize("NFKC")).toUpperCase()}.json`;
    const rounded = Object.fromEntries(Object.entries(seconds).map(([id, spent]) => [id, Math.round(spent)]));
    const handed = { ...HAND_IN, assignment: data.id, ...who(), started, saved: at, answers: answers(), seconds: rounded };
    disarm();
    note("@handed", { at, file, what: whatIsHandedIn() });
    keepTime();
    handOver(handed, file);
    showAll();
    find(".sealed-handed").scrollIntoView({ block: "nearest" });
    const copy = find(".sealed-copy");
    copy.hidden = false;
    copy.querySelector("textarea").value = JSON.stringify(handed, null, 1);
  }

  for (const form of forms) {
    const part = questions[form.dataset.quizQuestion];
    const clear = form.querySelector("[data-sealed-do=clear]");
    let cleared = null; // comes back when the button is pressed again
    typeOf(form).start?.(form, part);
    form.addEventListener("input", () => {
      cleared = null;
      delete form.dataset.cleared;
      clear.textContent = words["assignment-clear"];
      keepAnswer(form);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    clear.addEventListener("click", () => {
      const back = cleared;
      cleared = back === null ? read(form) : null;
      typeOf(form).write(form, back);
      if (back === null) form.dataset.cleared = "";
      else delete form.dataset.cleared;
      clear.textContent = words[back === null ? "assignment-bring-back" : "assignment-clear"];
      keepAnswer(form);
    });
  }
  for (const field of fields) {
    field.addEventListener("input", () => {
      note("@who", { [field.name]: field.value });
      if (field.getAttribute("aria-invalid") === "true") checkField(field);
      kept();
      disarm();
      showAll();
    });
    field.addEventListener("change", () => field.value && checkField(field));
    field.form.addEventListener("submit", (event) => event.preventDefault());
  }
  find(".sealed-open").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    goTo(forms.find((form) => `#${form.id}` === link.getAttribute("href")));
  });
  nextButton.addEventListener("click", () => {
    const here = forms.findIndex((form) => form.contains(document.activeElement));
    const now = here >= 0 ? here : forms.findIndex((form) => form.getBoundingClientRect().bottom > innerHeight / 2) - 1;
    const open = forms.filter(isOpen);
    const next = open.find((form) => forms.indexOf(form) > now) ?? open[0];
    if (next) goTo(next);
  });
  handInButton.addEventListener("click", handIn);
  handInButton.addEventListener("blur", disarm);
  find(".sealed-copy textarea").addEventListener("focus", ({ target }) => target.select());

  const ended = countSeconds(forms, (id, spent) => { seconds[id] = (seconds[id] ?? 0) + spent; }, keepTime);
  root.dataset.alive = "";
  restore();
  return { restore, ended, unsaved: () => !store.lasting && forms.some((form) => !isOpen(form)) && root.dataset.handed !== "in" };
}
