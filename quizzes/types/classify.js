// classify.js: sort cards into named groups
register("classify", {
  read: (form) => {
    const picked = [...form.querySelectorAll("input:checked")].map((box) => [box.closest("[data-quiz-item]").dataset.quizItem, box.value]);
    return picked.length ? Object.fromEntries(picked) : null;
  },
  write: (form, answer) => {
    for (const box of form.querySelectorAll(".quiz-card input")) {
      box.checked = box.value === placeOf(answer, box.closest("[data-quiz-item]").dataset.quizItem);
    }
  },
  foundWrong: (part, answer) => wrongPlaces(answer, part.items, part.places),
  mark: markItems,
});
