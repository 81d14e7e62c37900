// review.js: one question at a time
manners.push((quiz) => {
  const { section, words, manner, lives } = quiz;
  if (manner.behaviour !== "review") return null;
  const bar = section.querySelector(".quiz-dock");
  const [back, next] = ["back", "next"].map((name) => bar.querySelector(`[data-quiz-do=${name}]`));
  const place = bar.querySelector(".quiz-place");
  let at = 0;

  function show(n, moved) {
    at = Math.min(Math.max(n, 0), quiz.asked.length - 1);
    for (const [id, { form }] of lives) form.toggleAttribute("data-away", id !== quiz.asked[at]);
    place.textContent = fill(words["place-of"], { number: at + 1, questions: quiz.asked.length });
    back.hidden = at === 0;
    next.hidden = at === quiz.asked.length - 1;
    if (!moved) return;
    quiz.note({ place: at });
    const { form } = lives.get(quiz.asked[at]);
    form.tabIndex = -1;
    form.focus();
    form.scrollIntoView({ block: "nearest" });
  }

  quiz.fresh = () => show(0, true);
  return {
    start: () => {
      back.addEventListener("click", () => show(at - 1, true));
      next.addEventListener("click", () => show(at + 1, true));
      show(quiz.state().place ?? 0);
    },
  };
});
