// scorm.js: a quiz in a package of its own; a learning system keeps the answers and hears what they earned, or this browser keeps them
const DRAFT = 1_000; // milliseconds after which what was typed but not checked is kept

// How long each reader has been at a question: from the first sign of life in it, or its last check, to the next.
function timeQuestions(section) {
  const since = new Map();
  for (const sign of ["focusin", "input"]) {
    section.addEventListener(sign, ({ target }) => {
      const id = target.closest("[data-quiz-question]")?.dataset.quizQuestion;
      if (id && !since.has(id)) since.set(id, performance.now());
    });
  }
  return (id) => {
    const now = performance.now();
    const seconds = (now - (since.get(id) ?? now)) / 1000;
    since.set(id, now);
    return seconds;
  };
}

// Plays with a learning system that has begun. Gives the store of the answers, and whether some of those kept there were `lost`.
function playWith(system, edition, section, about, questions, say) {
  const { words } = about;
  const ids = Object.keys(questions);
  const started = performance.now();
  const suspended = system.get("cmi.suspend_data");
  const { version, first: begun, kept, lost } = unpackAnswers(suspended, questions);
  const { first, report } = interactionsOf(system, edition, about, questions, version === about.version ? begun : null);
  const enough = parseFloat(system.get(edition.pass));
  const secondsAt = timeQuestions(section);
  let done = ["completed", "passed", "failed"].includes(system.get(edition.core + edition.status));
  let waiting = null;
  let ended = false;

  const set = (name, value) => system.set(edition.core + name, value);

  // Keeps all answers. Gives whether the system took them.
  function keep() {
    clearTimeout(waiting);
    waiting = null;
    const { text, short } = packAnswers([about.version, first], kept, questions, edition.room);
    const numbers = ids.filter((id) => short.has(id)).map((id) => section.querySelector(`[data-quiz-question="${id}"] .quiz-number`).textContent);
    const taken = system.set("cmi.suspend_data", text);
    say(!taken ? words["lms-lost"] : numbers.length ? fill(words["lms-short"], { characters: edition.room, questions: numbers.join(", ") }) : "");
    return taken;
  }

  function keepForGood() {
    set("session_time", edition.span((performance.now() - started) / 1000));
    if (keep() && !system.commit()) say(words["lms-lost"]);
  }

  // The points of all questions, as the page counts them, and what follows from them.
  function tellPoints() {
    const marks = ids.map((id) => markAnswer(id, questions[id], kept.get(id)?.checked ? kept.get(id).answer : null));
    const sum = (name) => marks.reduce((so_far, mark) => so_far + mark[name], 0);
    const answered = ids.filter((id) => kept.get(id)?.checked).length;
    const percent = sum("out_of") ? sum("points") / sum("out_of") * 100 : null;
    done ||= answered === ids.length;
    if (percent !== null) for (const [name, value] of Object.entries({ raw: decimal(percent), min: 0, max: 100 })) set(`score.${name}`, value);
    const passed = percent === null || Number.isNaN(enough) ? null : Number(decimal(percent)) >= Number(decimal(enough / edition.whole * 100));
    for (const [name, value] of Object.entries(edition.standing({ done, passed, percent, answered: answered / ids.length }))) set(name, value);
  }

  section.addEventListener("quiz:answer", ({ detail: { id, answer, checked, mark } }) => {
    if (!checked) {
      waiting ??= setTimeout(keep, DRAFT);
      return;
    }
    report(id, answer, mark, secondsAt(id));
    tellPoints();
    keepForGood();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && !ended && keepForGood());
  addEventListener("pagehide", () => {
    if (ended) return;
    ended = true;
    set("exit", "suspend");
    keepForGood();
    system.end();
  });
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload()); // by the browser's own way back, when all is over
  set("exit", "suspend");
  if (!done) set(edition.status, "incomplete");
  return { lost, read: (id) => kept.get(id) ?? null, write: (id, record) => kept.set(id, record), remove: (id) => kept.delete(id) };
}

function bringPackageToLife() {
  const section = document.querySelector(".quiz");
  const about = JSON.parse(document.querySelector(".scorm-data").textContent);
  const { questions } = JSON.parse(section.querySelector(".quiz-data").textContent);
  const { words } = about;
  const put = (place) => (text) => {
    const line = document.querySelector(place);
    if (line.textContent !== text) line.textContent = text; // the same again would be said aloud again
  };
  const say = put(".scorm-said");
  const edition = EDITIONS[about.edition];
  const system = connectSystem(edition);
  const playing = system?.begin();
  const { quiz, quizBook } = section.dataset;
  const store = playing ? playWith(system, edition, section, about, questions, put(".scorm-trouble")) : browserStore(quizBook, quiz);
  const { restore } = bringQuizToLife(section, store);
  if (!playing) {
    const tell = () => say(!store.lasting ? words["not-kept"] : system ? words["lms-silent"] : words.kept);
    tell();
    section.addEventListener("quiz:answer", tell);
    const ours = `${store.root}${quiz}/`;
    addEventListener("storage", ({ key }) => key?.startsWith(ours) && restore(key.slice(ours.length))); // another tab
  } else {
    say([words["lms-kept"], store.lost && words["lms-gone"]].filter(Boolean).join(" "));
  }
  window.quizzes = {
    // The mark of an answer to a question of this page, as Python would give it.
    mark(id, answer) {
      if (!Object.hasOwn(questions, id)) throw new RangeError(`found question '${id}'; accepted: ${Object.keys(questions).join(", ")}`);
      return markAnswer(id, questions[id], answer);
    },
  };
}

bringPackageToLife();
