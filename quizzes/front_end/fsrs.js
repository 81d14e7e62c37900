// fsrs.js: when a question comes back. FSRS-6 without fuzz, as py-fsrs 6 and ts-fsrs 5 have it: the same parameters, the same steps.
const DAY = 86_400_000;
const AGAIN = 1, HARD = 2, GOOD = 3, EASY = 4;
const FSRS = { // what the two references call their defaults
  parameters: [0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014,
    1.8729, 0.5425, 0.0912, 0.0658, 0.1542],
  retention: 0.9, // of the questions that are due, so many should still be known
  longest: 36_500, // days
  learning: [60_000, 600_000], // steps within the first day: a minute, ten minutes
  relearning: [600_000],
};
const BY_DAY = { ...FSRS, learning: [], relearning: [] }; // a book is opened once a day, not every ten minutes: no steps

function fsrsReview(card, rating, at, { parameters: w, retention, longest, learning, relearning } = FSRS) {
  const decay = -w[20];
  const factor = 0.9 ** (1 / decay) - 1;
  const difficult = (difficulty) => Math.min(Math.max(difficulty, 1), 10);
  const stable = (stability) => Math.max(stability, 0.001);
  const firstDifficulty = (of) => w[4] - Math.exp(w[5] * (of - 1)) + 1;
  let { state, step, stability, difficulty } = card ?? { state: "learning", step: 0, stability: null, difficulty: null };

  if (stability === null) {
    stability = stable(w[rating - 1]);
    difficulty = difficult(firstDifficulty(rating));
  } else {
    const days = Math.floor((at - card.last) / DAY); // below 1 also where the clock went back
    if (days < 1) {
      const growth = Math.exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19];
      stability = stable(stability * (rating === AGAIN ? growth : Math.max(growth, 1)));
    } else {
      const recall = (1 + factor * days / stability) ** decay;
      stability = stable(rating === AGAIN
        ? Math.min(w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * Math.exp((1 - recall) * w[14]), stability / Math.exp(w[17] * w[18]))
        : stability * (1 + Math.exp(w[8]) * (11 - difficulty) * stability ** -w[9] * (Math.exp((1 - recall) * w[10]) - 1)
          * (rating === HARD ? w[15] : 1) * (rating === EASY ? w[16] : 1)));
    }
    const moved = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9;
    difficulty = difficult(w[7] * firstDifficulty(EASY) + (1 - w[7]) * moved);
  }

  const steps = state === "learning" ? learning : relearning;
  let wait = null;
  if (state === "review") {
    if (rating === AGAIN && relearning.length) [state, step, wait] = ["relearning", 0, relearning[0]];
  } else if (!steps.length || (step >= steps.length && rating > AGAIN) || rating === EASY || (rating === GOOD && step + 1 === steps.length)) {
    [state, step] = ["review", null];
  } else if (rating === HARD && step === 0) {
    wait = steps.length === 1 ? steps[0] * 1.5 : (steps[0] + steps[1]) / 2;
  } else {
    step = rating === AGAIN ? 0 : rating === GOOD ? step + 1 : step;
    wait = steps[step];
  }
  wait ??= Math.min(Math.max(Math.round(stability / factor * (retention ** (1 / decay) - 1)), 1), longest) * DAY;
  return { state, step, stability, difficulty, last: at, due: at + wait };
}

// The chance, 0 to 1, that a question is still known.
function fsrsRecall({ stability, last }, at, { parameters: w } = FSRS) {
  const decay = -w[20];
  return (1 + (0.9 ** (1 / decay) - 1) * Math.max(0, Math.floor((at - last) / DAY)) / stability) ** decay;
}
