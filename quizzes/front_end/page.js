// page.js: a published page, where the browser is all there is
function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function bringPageToLife() {
  const asked = new Map();
  for (const section of document.querySelectorAll(".quiz:not([data-alive])")) {
    const { quiz, quizBook } = section.dataset;
    const store = browserStore(quizBook, quiz);
    const { questions, words, restore } = bringQuizToLife(section, store);
    const ids = Object.keys(questions);
    for (const id of ids) asked.set(id, questions[id]);

    const notice = section.querySelector(".quiz-notice");
    const say = () => {
      notice.textContent = !store.lasting ? words["not-kept"] : store.damaged ? words.damaged : "";
    };
    say();
    section.addEventListener("quiz:answer", say);
    section.querySelector("[data-quiz-do=export]").addEventListener("click", () => {
      download(`${quizBook}-answers.json`, JSON.stringify(store.everything(), null, 2));
    });
    const clear = section.querySelector("[data-quiz-do=clear]");
    clear.addEventListener("click", () => {
      if (clear.dataset.sure === undefined) {
        clear.dataset.sure = "";
        clear.textContent = words["clear-sure"];
        notice.textContent = words["clear-sure"]; // said aloud
        setTimeout(reset, 10_000);
        return;
      }
      store.forget(ids);
      restore();
      notice.textContent = words.cleared;
      reset();
    });
    const reset = () => {
      delete clear.dataset.sure;
      clear.textContent = words.clear;
      if (notice.textContent === words["clear-sure"]) notice.textContent = "";
    };
    clear.addEventListener("blur", reset);
    window.addEventListener("storage", (event) => event.key?.startsWith(`quizzes:${quizBook}:${quiz}/`) && restore()); // another tab
  }
  window.quizzes = {
    // The mark of an answer to a question of this page, as Python would give it.
    mark(id, answer) {
      if (!asked.has(id)) throw new RangeError(`found question '${id}'; accepted: ${[...asked.keys()].join(", ")}`);
      return markAnswer(id, asked.get(id), answer);
    },
  };
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", bringPageToLife);
else bringPageToLife();
