// survey.js: the reader's own verdict, before and after
register("survey", {
  read: (form) => form.querySelector("input:checked")?.value ?? null,
  write: (form, answer) => {
    for (const box of form.querySelectorAll("input")) box.checked = box.value === answer;
  },
  foundWrong: (part, answer) => unknownChoice(part, answer),
  mark: (marking, answer) => marking.table[answer],
  after: (form, { marking }) => { // beside the verdict after reading, the one from before, if it stands on this page
    const about = form.querySelector("input").dataset.quizAfter;
    const { quiz } = form.closest("[data-quiz]").dataset;
    const before = document.querySelector(`[data-quiz="${quiz}"] input[data-quiz-before="${about}"]:checked`);
    if (!before) return;
    const text = fill(marking.before, { text: before.nextElementSibling.textContent });
    form.querySelector(".quiz-result").append(Object.assign(element("p", "quiz-before"), { textContent: text }));
  },
});
