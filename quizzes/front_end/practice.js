// practice.js: hints in steps, and tries that cost a part of the points (behaviours.py, after_tries)
const UNIT = 100_000;
const units = (points) => Math.round(points * UNIT);
const sameThing = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// What a try is known by: for most types the answer itself.
const triedThing = ({ part }, answer) => types.get(part.type).tried?.(answer) ?? answer;

// The marks of the tries that count, in order.
function marksOfTries(id, question, tries) {
  const fit = [];
  for (const { answer } of tries) {
    try {
      const mark = markAnswer(id, question, answer);
      if (mark.state === "unanswered") continue;
      const thing = triedThing(question, answer);
      if (fit.length && sameThing(fit.at(-1).thing, thing)) fit.pop(); // marked anew by its writer
      fit.push({ thing, mark });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // the question has changed since
    }
  }
  return fit.map(({ mark }) => mark);
}

const bestOf = (marks, cost) => Math.max(0, ...marks.map(({ points }, n) => units(points) - n * cost)) / UNIT;

manners.push(({ words, questions, manner, lives }) => {
  if (manner.behaviour !== "practice") return null;

  function showHints(id, form, record) {
    const hints = questions[id].marking.hints ?? [];
    const button = form.querySelector("[data-quiz-do=hint]");
    if (!button) return;
    const seen = Math.min(record?.hints ?? 0, hints.length);
    const place = form.querySelector(".quiz-hints");
    while (place.children.length > seen) place.lastChild.remove();
    for (let n = place.children.length; n < seen; n += 1) {
      const hint = element("div", "quiz-hint", hints[n]);
      hint.prepend(element("strong", "", fill(words["next-hint"], { number: n + 1, hints: hints.length })));
      place.append(hint);
    }
    button.setAttribute("aria-disabled", seen === hints.length);
    button.textContent = seen === hints.length ? words["no-hints"] : fill(words["next-hint"], { number: seen + 1, hints: hints.length });
  }

  return {
    keeps: (id, { answer, checked }, mark, before) => {
      if (!checked || mark.state === "unanswered") return {};
      const tries = before.tries ?? [];
      const same = tries.length && sameThing(triedThing(questions[id], tries.at(-1).answer), triedThing(questions[id], answer));
      return { tries: [...(same ? tries.slice(0, -1) : tries), { certainty: before.certainty, ...(same ? tries.at(-1) : {}), answer }] };
    },
    shown: showHints,
    marked: (id, record, mark) => {
      const { cost } = questions[id].marking;
      const marks = marksOfTries(id, questions[id], record?.tries ?? []);
      if (!mark.out_of || !marks.length) return "";
      const counts = fill(words["tries-count"], { tries: marks.length, points: shown(bestOf(marks, cost), words), out_of: shown(mark.out_of, words) });
      return [marks.length > 1 && counts, mark.state !== "right" && cost && fill(words["next-costs"], { points: shown(cost / UNIT, words) })]
        .filter(Boolean).join(" ");
    },
    earned: (id, mark, record) => {
      const marks = marksOfTries(id, questions[id], record?.tries ?? []);
      return marks.length ? { ...mark, points: bestOf(marks, questions[id].marking.cost), state: "tried" } : mark;
    },
    start: () => {
      for (const [id, life] of lives) {
        life.form.querySelector("[data-quiz-do=hint]")?.addEventListener("click", () => {
          const hints = life.record()?.hints ?? 0;
          if (hints < questions[id].marking.hints.length) life.note({ hints: hints + 1 });
        });
      }
    },
  };
});
