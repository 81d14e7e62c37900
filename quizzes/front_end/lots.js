// lots.js: draws the paper that a seed stands for, with the arithmetic of lots.py
const SEEDS = 2 ** 32;

function* lotNumbers(seed) { // mulberry32, by Tommy Ettinger
  for (let state = seed | 0; ;) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    yield (mixed ^ (mixed >>> 14)) >>> 0;
  }
}

// FNV-1a, by Fowler, Noll and Vo; names are ASCII
const seedOfName = (seed, name) => ([...name].reduce((mixed, letter) => Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5) ^ seed) >>> 0;

function shuffled(things, seed) {
  const drawn = [...things];
  const numbers = lotNumbers(seed);
  for (let last = drawn.length - 1; last > 0; last -= 1) {
    const other = Math.floor(numbers.next().value * (last + 1) / SEEDS);
    [drawn[last], drawn[other]] = [drawn[other], drawn[last]];
  }
  return drawn;
}

// `pool` is [[id of a question, ids of its choices], ...]; so is what is drawn of it.
function drawPaper(pool, seed, { draw, shuffle }) {
  const order = shuffled(pool.keys(), seed).slice(0, draw ?? pool.length);
  const drawn = (shuffle ? order : order.sort((one, other) => one - other)).map((n) => pool[n]);
  return shuffle ? drawn.map(([id, choices]) => [id, shuffled(choices, seedOfName(seed, id))]) : drawn;
}

manners.push((quiz) => {
  const { section, words, manner, lives } = quiz;
  const box = section.querySelector(".quiz-seed");
  if (!box) return null;
  const input = box.querySelector("input");
  const notice = box.querySelector("[role=status]");
  let seed = null;

  // Puts the forms in the paper's order and hides the others; Python drew the first paper so.
  function lay() {
    const now = quiz.state().seed ?? manner.seed;
    if (seed === now) return;
    seed = now;
    input.value = seed;
    const paper = drawPaper(manner.pool, seed, manner);
    quiz.asked = paper.map(([id]) => id);
    const first = section.querySelector(".quiz-question");
    const place = first.parentNode.insertBefore(document.createComment(""), first);
    for (const { form } of lives.values()) form.hidden = true;
    for (const [n, [id, choices]] of paper.entries()) {
      const { form } = lives.get(id);
      form.hidden = false;
      place.before(form);
      const number = form.querySelector(".quiz-number");
      number.textContent = number.textContent.replace(/\d+/, n + manner.first);
      for (const choice of choices) {
        const line = form.querySelector(`.quiz-inputs input[value="${choice}"]`).closest(".quiz-option");
        line.parentNode.append(line);
      }
    }
    place.remove();
  }

  function take(other) {
    if (quiz.locked?.() && quiz.asked.some((id) => lives.get(id).read() !== null)) {
      notice.textContent = words["paper-later"];
      return;
    }
    quiz.note({ seed: other });
    lay();
    quiz.fresh?.(); // another paper begins anew
    quiz.restore();
    notice.textContent = fill(words["paper-drawn"], { seed: other, questions: quiz.asked.length });
  }

  box.querySelector("[data-quiz-do=draw]").addEventListener("click", () => {
    let other = seed;
    while (other === seed) other = Math.floor(Math.random() * 10_000);
    take(other);
  });
  const enter = () => {
    const typed = input.value.trim();
    if (/^\d{1,10}$/.test(typed) && Number(typed) < SEEDS) take(Number(typed));
    else notice.textContent = words["no-paper"];
  };
  box.querySelector("[data-quiz-do=enter]").addEventListener("click", enter);
  input.addEventListener("keydown", (event) => event.key === "Enter" && enter());
  return { start: lay, heard: lay };
});
