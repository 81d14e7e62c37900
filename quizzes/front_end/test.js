// test.js: no mark until the reader hands in; a time limit that survives a reload and a clock that is set
const MINUTE = 60_000;
const WARNED = [1, 5]; // minutes left that are announced, and no others
const HEARTBEAT = 5_000; // how often a running test notes that it is seen
const JUMP = MINUTE; // a clock that is off by more was set

// A test's clock. `state` is what is kept ({started, limit, seen}, in milliseconds); `ran` is how long the page itself has run since the
// last look, null at the first. Gives what is kept from now on, and whether the clock was set.
function lookAtClock(state, now, ran) {
  const away = now - state.seen;
  const off = ran === null ? Math.min(away, 0) : away - ran;
  const set = ran === null ? away < -JUMP : away < -JUMP || off > JUMP;
  return { started: set ? state.started + off : state.started, set, left: (set ? state.started + off : state.started) + state.limit - now };
}

manners.push((quiz) => {
  const { section, store, words, manner, lives } = quiz;
  if (manner.behaviour !== "test") return null;
  const button = (name) => section.querySelector(`[data-quiz-do=${name}]`);
  const time = section.querySelector("[role=timer]");
  const notice = section.querySelector(".quiz-said");
  const say = (text) => {
    notice.textContent = text;
  };
  let looked = null; // when the page last looked at the clock, by its own running time
  let left = Infinity;
  let armed = false; // the hand-in button was pressed once

  quiz.keyOf = (id) => (store.alone ? id : `${id}:${manner.name}`); // the same question may be asked elsewhere
  const phase = () => {
    const { started, handed_in } = quiz.state();
    return handed_in ? "closed" : manner.minutes && !started ? "waiting" : "open";
  };
  quiz.locked = () => phase() !== "closed";

  function paint() {
    const now = phase();
    section.dataset.phase = now;
    section.dataset.extended = quiz.state().extended;
    for (const { form } of lives.values()) form.querySelector("fieldset").disabled = now === "closed";
    const { limit, extended } = quiz.state();
    for (const name of ["start", "start-untimed"]) if (button(name)) button(name).hidden = now !== "waiting";
    for (const name of ["time", "extend"]) if (button(name)) button(name).hidden = now !== "open" || !limit || (name === "extend" && Boolean(extended));
    if (time) time.parentNode.hidden = now !== "open" || !limit;
    button("hand-in").hidden = now !== "open";
    button("restart").hidden = now !== "closed";
    disarm();
  }

  function disarm() {
    armed = false;
    button("hand-in").textContent = words["hand-in"];
  }

  function start(limited) {
    const now = Date.now();
    quiz.note({ started: now, seen: now, limit: limited ? manner.minutes * MINUTE : null, extended: false });
    left = Infinity;
    looked = null;
    quiz.restore();
    paint();
    tick();
    lives.get(quiz.asked[0]).form.querySelector(".quiz-inputs :is(input, select, textarea, button)").focus();
  }

  function handIn(why) {
    const at = new Date().toISOString();
    quiz.note({ handed_in: at });
    for (const id of quiz.asked) {
      const life = lives.get(id);
      life.restore(); // another tab may have answered
      life.settle({ handed_in: at });
    }
    quiz.restore();
    paint();
    say(`${why} ${section.querySelector(".quiz-total").textContent}`);
    notice.focus(); // and not a button that a second Enter would press
  }

  function tick() {
    const state = quiz.state();
    if (phase() !== "open" || !state.limit) return;
    const now = Date.now();
    const runs = performance.now();
    const first = looked === null;
    const clock = lookAtClock(state, now, first ? null : runs - looked);
    looked = runs;
    if (clock.set || now - state.seen >= HEARTBEAT) quiz.note({ started: clock.started, seen: now });
    if (clock.left <= 0) {
      handIn(first ? words["time-up-away"] : words["time-up"]);
      return;
    }
    if (clock.set) say(words["clock-set"]);
    const warned = WARNED.find((minutes) => left > minutes * MINUTE && clock.left <= minutes * MINUTE && left !== Infinity);
    if (warned) say(fill(words["minutes-left"], { minutes: warned }));
    left = clock.left;
    const seconds = Math.ceil(left / 1000);
    time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  quiz.fresh = () => { // tries are kept, answers are not
    for (const id of quiz.ids) {
      const { tries } = store.read(quiz.keyOf(id)) ?? {};
      if (tries) store.write(quiz.keyOf(id), { answer: null, checked: false, tries });
      else store.remove(quiz.keyOf(id));
    }
    quiz.note({ handed_in: undefined, started: undefined, limit: undefined, extended: undefined });
    say("");
    quiz.restore();
    paint();
  };

  function bringButtonsToLife() {
    button("start")?.addEventListener("click", () => start(true));
    button("start-untimed")?.addEventListener("click", () => start(false));
    button("restart").addEventListener("click", () => {
      quiz.fresh();
      (button("start") ?? section.querySelector(".quiz-inputs :is(input, select, textarea, button)")).focus();
    });
    button("time")?.addEventListener("click", () => {
      time.hidden = !time.hidden;
      button("time").textContent = time.hidden ? words["show-time"] : words["hide-time"];
    });
    button("extend")?.addEventListener("click", () => {
      quiz.note({ limit: quiz.state().limit + manner.extra * MINUTE, extended: true });
      left = Infinity;
      paint();
      tick();
      say(fill(words.extended, { minutes: shown(manner.extra, words) }));
      button("hand-in").focus();
    });
    button("hand-in").addEventListener("click", () => {
      const open = quiz.asked.filter((id) => lives.get(id).read() === null).length;
      if (open && !armed) {
        armed = true;
        button("hand-in").textContent = words["hand-in-anyway"];
        say(fill(words["hand-in-sure"], { questions: open }));
        return;
      }
      handIn(words["handed-in"]);
    });
    button("hand-in").addEventListener("blur", disarm);
  }

  return {
    locked: quiz.locked,
    closed: () => !quiz.locked(),
    earned: (id, mark, record) => (quiz.locked() ? { points: 0, out_of: 0, state: (record?.answer ?? null) === null ? "unanswered" : "given" } : mark),
    start: () => {
      bringButtonsToLife();
      paint();
      setInterval(tick, 1000);
      queueMicrotask(tick); // once the page listens
    },
    heard: () => { // handed in, begun or extended in another tab, or cleared
      if (section.dataset.phase === phase() && section.dataset.extended === String(quiz.state().extended)) return;
      paint();
      quiz.restore();
    },
  };
});
