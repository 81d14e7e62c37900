// page.js: a published page, where the browser is all there is
// A button that does what cannot be undone: only when pressed a second time, within ten seconds and without leaving it.
function askTwice(button, question, notice, act) {
  const label = button.textContent;
  const reset = () => {
    delete button.dataset.sure;
    button.textContent = label;
    if (notice.textContent === question) notice.textContent = "";
  };
  button.addEventListener("click", () => {
    if (button.dataset.sure === undefined) {
      button.dataset.sure = "";
      button.textContent = question;
      notice.textContent = question; // said aloud
      setTimeout(reset, 10_000);
      return;
    }
    reset();
    act();
  });
  button.addEventListener("blur", reset);
}

const isSelfMarked = ({ part }) => Boolean(types.get(part.type).selfMarked);

// Every check goes into the reader's history, but for one of an answer whose mark was on the screen already.
function keepHistory(section, store, questions) {
  const seen = new Set([...section.querySelectorAll("form[data-state]")].map((form) => form.dataset.quizQuestion));
  section.addEventListener("quiz:answer", ({ detail: { id, checked, mark, certainty } }) => {
    const { part, version } = questions[id];
    const selfMarked = isSelfMarked(questions[id]);
    const earned = selfMarked && mark.state === "unanswered" ? { ...mark, state: "wrong" } : mark; // until something is ticked
    if (checked && !seen.has(id) && part.out_of > 0 && earned.state !== "unanswered") store.remember(id, earned, { certainty, version }, selfMarked);
    seen[checked ? "add" : "delete"](id);
  });
}

// Answers from before there was a history begin one; those that fit their question no more are set aside.
function lookBack(store, questions) {
  for (const [id, question] of Object.entries(questions)) {
    const record = store.read(id);
    if (record === null) continue;
    try {
      const mark = markAnswer(id, question, record.answer);
      if (record.checked && isTime(record.at) && mark.out_of > 0 && mark.state !== "unanswered" && !store.reviewed(id)) {
        store.remember(id, mark, {}, false, new Date(record.at));
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      store.outgrown(id);
    }
  }
}

// A page is read once its end has been on the screen.
function noteTheEnd(text, note) {
  const look = () => {
    if (text.getBoundingClientRect().bottom > innerHeight + 40) return;
    removeEventListener("scroll", look);
    note();
  };
  addEventListener("scroll", look, { passive: true });
  look();
}

function bringPageToLife() {
  const asked = new Map();
  for (const section of document.querySelectorAll(".quiz:not([data-alive])")) {
    const { quiz, quizBook } = section.dataset;
    const store = browserStore(quizBook, quiz);
    const { questions, words, restore, kept } = bringQuizToLife(section, store);
    for (const [id, question] of Object.entries(questions)) asked.set(id, question);
    lookBack(store, questions);
    keepHistory(section, store, questions);
    noteTheEnd(section.closest("article, main, [role=main]") ?? document.body, store.readToTheEnd);

    const notice = section.querySelector(".quiz-notice");
    const say = () => {
      notice.textContent = !store.lasting ? words["not-kept"] : store.damaged ? words.damaged : store.changed ? words.changed : "";
    };
    say();
    section.addEventListener("quiz:answer", say);
    section.querySelector("[data-quiz-do=export]").addEventListener("click", () => {
      download(`${quizBook}-answers.json`, JSON.stringify(store.everything(), null, 2));
    });
    askTwice(section.querySelector("[data-quiz-do=clear]"), words["clear-sure"], notice, () => {
      store.forget(kept);
      restore();
      notice.textContent = words.cleared;
    });
    const ours = `quizzes:${quizBook}:${quiz}/`;
    window.addEventListener("storage", ({ key }) => key?.startsWith(ours) && restore(key.slice(ours.length))); // another tab
    window.addEventListener("pageshow", ({ persisted }) => persisted && restore()); // by the browser's own way back, deaf meanwhile
  }
  window.quizzes = {
    // The mark of an answer to a question of this page, as Python would give it.
    mark(id, answer) {
      if (!asked.has(id)) throw new RangeError(`found question '${id}'; accepted: ${[...asked.keys()].join(", ")}`);
      return markAnswer(id, asked.get(id), answer);
    },
    parts: { askTwice, bringQuizToLife, browserStore, download, element, fill, freeTime, isRecord, isReview, isSelfMarked, isTime, keepHistory, shown }, // for progress.js
  };
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", bringPageToLife);
else bringPageToLife();
