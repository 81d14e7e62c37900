// cloze.js: a text with gaps; each gap is marked by the script of its own type, and the sum is looked up
const gapsOf = (form) => [...form.querySelectorAll("[data-quiz-item]")].map((gap) => [gap.dataset.quizItem, gap.querySelector("input, select"), gap]);

function markGap([id, type, part], marking, answer) {
  const given = placeOf(answer, id);
  if (given === null) return { units: 0, said: [] };
  const [points, , said, ...notes] = types.get(type).mark(marking, given, part);
  return { units: Math.round(points * 100_000), said: [...said.map((n) => marking.feedback[n]), ...notes] };
}

const markGaps = (part, marking, answer) => part.gaps.map((gap, n) => markGap(gap, marking.gaps[n], answer));

register("cloze", {
  read: (form) => {
    const filled = gapsOf(form).map(([id, input]) => [id, input.value.trim()]).filter(([, text]) => text);
    return filled.length ? Object.fromEntries(filled) : null;
  },
  write: (form, answer) => {
    for (const [id, input] of gapsOf(form)) input.value = placeOf(answer, id) ?? "";
  },
  foundWrong: ({ gaps }, answer) => {
    if (kind(answer) !== "an object") return kind(answer);
    for (const key of Object.keys(answer).sort()) {
      const gap = gaps.find(([id]) => id === key);
      if (!gap) return `a key that is no gap ('${[...key].slice(0, 40).join("")}')`;
      const found = types.get(gap[1]).foundWrong(gap[2], answer[key]);
      if (found) return `${found} in gap '${key}'`;
    }
    return null;
  },
  mark: (marking, answer, part) => {
    const marks = markGaps(part, marking, answer);
    const sum = marks.reduce((earned, { units }) => earned + units, 0);
    return [...marking.rows[sum], [], ...marks.flatMap(({ said }, n) => said.map((line) => marking.labels[n] + line))];
  },
  after: (form, { part, marking }, answer) => {
    const marks = new Map(markGaps(part, marking, answer).map(({ units }, n) => [part.gaps[n][0], units]));
    for (const [id, , gap] of gapsOf(form)) gap.dataset.mark = marks.get(id) === 100_000 ? "right" : "wrong";
  },
});
