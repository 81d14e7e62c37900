// certainty.js: how sure the reader is, beside any behaviour (behaviours.py, certain and calibration)
function certaintyPoints(mark, level, { levels, assumed }) {
  if (mark.state === "unanswered") return 0;
  const [right, wrong] = levels[level ?? assumed];
  return units(mark.points) > 0 ? units(mark.points) * right / UNIT : units(mark.out_of) * wrong / UNIT;
}

// How sure a reader was against how right: [level, number of answers, share of their points].
function calibrate(reviews, { levels }) {
  return Object.keys(levels).flatMap((level) => {
    const shares = reviews.filter(({ certainty, out_of }) => String(certainty) === level && out_of).map(({ points, out_of }) => points / out_of);
    return shares.length ? [[level, shares.length, shares.reduce((sum, share) => sum + share, 0) / shares.length]] : [];
  });
}

manners.push((quiz) => {
  const { section, store, words, questions, manner, lives } = quiz;
  const scale = manner.certainty;
  if (!scale) return null;
  const named = (level) => [words["sure-1"], words["sure-2"], words["sure-3"]][level - 1];
  const signed = (points) => shown(points, words).replace("-", "−");

  // The mark and the level that count: of the first try where tries are kept, as later ones have read what the book said.
  function counting(id, record, mark) {
    const first = record?.tries?.[0];
    return first ? [marksOfTries(id, questions[id], [first])[0] ?? mark, first.certainty] : [mark, record?.certainty];
  }

  function showCalibration() {
    const reviews = Object.values(store.everything?.().reviews ?? {}).flat();
    const lines = calibrate(reviews, scale).map(([level, answers, share]) => {
      const from = scale.from[level];
      const record = fill(words["sure-record"], { level: named(level), answers, share: Math.round(share * 100) });
      return element("li", "", from ? `${record} ${fill(words["sure-pays"], { from })}` : record);
    });
    section.querySelector(".quiz-calibration ul").replaceChildren(...(lines.length ? lines : [element("li", "", words["sure-none"])]));
  }

  return {
    emptied: () => ({ certainty: undefined }),
    shown: (id, form, record) => {
      for (const button of form.querySelectorAll("[data-quiz-sure]")) button.setAttribute("aria-pressed", Number(button.dataset.quizSure) === record?.certainty);
    },
    marked: (id, record, mark) => {
      if (!mark.out_of || mark.state === "unanswered") return "";
      const [of, level] = counting(id, record, mark);
      return fill(words["sure-mark"], { level: named(level ?? scale.assumed), points: signed(certaintyPoints(of, level, scale)) });
    },
    total: () => {
      if (quiz.locked?.()) return "";
      const marks = quiz.asked.map((id) => counting(id, lives.get(id).record(), lives.get(id).mark()));
      const sum = marks.reduce((so_far, [mark, level]) => so_far + units(certaintyPoints(mark, level, scale)), 0) / UNIT;
      return fill(words["sure-total"], { points: signed(sum) });
    },
    start: () => {
      for (const life of lives.values()) {
        for (const button of life.form.querySelectorAll("[data-quiz-sure]")) {
          button.addEventListener("click", () => life.change({ answer: life.read(), checked: false, certainty: Number(button.dataset.quizSure) }));
        }
      }
      section.querySelector(".quiz-calibration")?.addEventListener("toggle", showCalibration);
    },
  };
});
