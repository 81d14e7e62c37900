// match.js: match each thing on the left with one on the right
register("match", {
  read: (form) => {
    const chosen = [...form.querySelectorAll("[data-quiz-item]")].map((pair) => [pair.dataset.quizItem, pair.querySelector("select").value]);
    const matched = chosen.filter(([, right]) => right);
    return matched.length ? Object.fromEntries(matched) : null;
  },
  write: (form, answer) => {
    for (const pair of form.querySelectorAll("[data-quiz-item]")) {
      pair.querySelector("select").value = placeOf(answer, pair.dataset.quizItem) ?? "";
    }
  },
  foundWrong: (part, answer) => wrongPlaces(answer, part.items, part.places),
  mark: markItems,
});
