// scorm_system.js: the learning system that opened a package of SCORM, as either edition calls it (the rules: exchange/scorm/)
const MOST_WINDOWS = 500; // that are looked through for the system
const two = (number) => String(Math.floor(number)).padStart(2, "0");

const EDITIONS = {
  1.2: {
    api: "API", prefix: "LMS", end: "Finish", core: "cmi.core.", status: "lesson_status", room: 4096,
    pass: "cmi.student_data.mastery_score", whole: 100, // how all of the points are said there
    comma: ",", dot: ".", truth: ["f", "t"], longest: () => 255, other: "fill-in",
    response: "student_response", described: 0, time: "time", wrong: "wrong",
    span: (seconds) => `${two(seconds / 3600).padStart(4, "0")}:${two(seconds / 60 % 60)}:${two(seconds % 60)}.${two(seconds * 100 % 100)}`,
    now: () => new Date().toTimeString().slice(0, 8),
    standing: ({ done, passed }) => ({ lesson_status: !done ? "incomplete" : passed === null ? "completed" : passed ? "passed" : "failed" }),
  },
  2004: {
    api: "API_1484_11", prefix: "", end: "Terminate", core: "cmi.", status: "completion_status", room: 64000,
    pass: "cmi.scaled_passing_score", whole: 1,
    comma: "[,]", dot: "[.]", truth: ["false", "true"], longest: (type) => (type === "fill-in" ? 250 : 4000), other: "other",
    response: "learner_response", described: 250, time: "timestamp", wrong: "incorrect",
    span: (seconds) => `PT${seconds.toFixed(2)}S`,
    now: () => `${new Date().toISOString().slice(0, 22)}Z`, // hundredths of a second at most
    standing: ({ done, passed, answered, percent }) => ({
      completion_status: done ? "completed" : "incomplete", progress_measure: decimal(answered),
      ...(percent === null ? {} : { "score.scaled": decimal(percent / 100) }),
      ...(passed === null || !(done || passed) ? {} : { success_status: passed ? "passed" : "failed" }),
    }),
  },
};

const decimal = (number) => String(Number(number.toFixed(5)));

// The system in a window, in those around it, or in the one that opened it; windows of another origin are passed over.
function findSystem(name, ...windows) {
  for (let here of windows) {
    for (let n = 0; here && n <= MOST_WINDOWS; n += 1) {
      try {
        if (here[name]) return here[name];
      } catch { /* of another origin */ }
      here = here.parent === here ? null : here.parent;
    }
  }
  return null;
}

// A system as four plain functions, none of which fails; null where there is none.
function connectSystem(edition) {
  const api = findSystem(edition.api, window, window.opener, window.top.opener);
  if (!api) return null;
  const call = (name, ...texts) => {
    try {
      return String(api[edition.prefix + name](...texts) ?? "");
    } catch {
      return "";
    }
  };
  const took = (answer) => /^(true|1)$/i.test(answer);
  const get = (name) => call("GetValue", name);
  return {
    get,
    begin: () => took(call("Initialize", "")) || /^\d/.test(get("cmi._version")), // or begun already
    set: (name, value) => took(call("SetValue", name, String(value))),
    commit: () => took(call("Commit", "")),
    end: () => took(call(edition.end, "")),
  };
}

const cut = (text, longest) => (text.length > longest ? `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…` : text);
const plainText = (text) => String(text).replace(/\s+/g, " ").replace(/\[([,.:])\]/g, "($1)").trim();

// An answer as SCORM writes it (interactions.py, said).
function saidAs(answer, edition, { keys, codes }) {
  if (typeof answer === "boolean") return edition.truth[Number(answer)];
  if (Array.isArray(answer)) return answer.map((one) => saidAs(one, edition, { keys, codes })).join(edition.comma);
  if (kind(answer) === "an object") {
    const side = (key, value) => (placeOf(keys, key) ?? key) + edition.dot + saidAs(value, edition, { keys, codes });
    return Object.entries(answer).map(([key, value]) => side(key, value)).join(edition.comma);
  }
  return placeOf(codes, answer) ?? plainText(answer);
}

// Tells the system of questions and of the answers to them: each question under a number of its own, the same for all readers, so
// that reports line up. `begun` is the first question's number where the system has heard of these questions before, else null.
function interactionsOf(system, edition, { questions: known }, questions, begun) {
  const ids = Object.keys(questions);
  let count = Number(system.get("cmi.interactions._count")) || 0;
  let heard = true; // not every system wants to know
  const first = begun !== null && begun <= count ? begun : count;

  function introduce(n, id) {
    const at = `cmi.interactions.${n}.`;
    const { type, patterns, objective } = known[id];
    heard = system.set(`${at}id`, id) && system.set(`${at}type`, type);
    system.set(`${at}objectives.0.id`, objective);
    system.set(`${at}weighting`, questions[id].part.out_of);
    const asked = plainText(document.querySelector(`[data-quiz-question="${id}"] .quiz-stem`).textContent);
    if (edition.described) system.set(`${at}description`, cut(asked, edition.described));
    for (const [m, pattern] of patterns.entries()) system.set(`${at}correct_responses.${m}.pattern`, pattern);
  }

  function result({ state, points, out_of }) {
    if (state === "unanswered" || out_of === 0) return "neutral";
    return { right: "correct", wrong: edition.wrong }[state] ?? decimal(points / out_of);
  }

  // The answer in the form of its type; where it has none, or the system does not take it, as text.
  function respond(at, id, answer) {
    const { part } = questions[id];
    const given = types.get(part.type).tried?.(answer) ?? answer;
    const { type } = known[id];
    const said = type === "numeric" ? readNumber(String(given), part).number ?? "" : cut(saidAs(given, edition, known[id]), edition.longest(type));
    if (said !== "" && system.set(`${at}type`, type) && system.set(at + edition.response, said)) return;
    system.set(`${at}type`, edition.other);
    system.set(at + edition.response, cut(saidAs(given, edition, known[id]), edition.longest(edition.other)));
  }

  function report(id, answer, mark, seconds) {
    const n = first + ids.indexOf(id);
    for (; heard && count <= n; count += 1) introduce(count, ids[count - first]);
    if (!heard) return;
    const at = `cmi.interactions.${n}.`;
    respond(at, id, answer);
    system.set(`${at}result`, result(mark));
    system.set(`${at}latency`, edition.span(seconds));
    system.set(at + edition.time, edition.now());
  }
  return { first, report };
}
