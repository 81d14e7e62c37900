// store.js: what a reader did, in this browser; one entry an answer and one a check, so that two tabs do not overwrite each other
//
//   quizzes:<book>:<bank>/<question>                the newest answer: {answer, checked, at}
//   quizzes:<book>:review:<bank>/<question>@<time>  what a check earned: {state, points, out_of, certainty, version}
//   quizzes:<book>:read:<bank>                      when the end of the page that asks the bank was first on the screen
//   quizzes:<book>:damaged:<what it was called>     what could not be read, as it was found
function browserStore(book, bank) {
  const root = `quizzes:${book}:`;
  const damagedRoot = `${root}damaged:`;
  const reviewRoot = `${root}review:`;
  const readRoot = `${root}read:`;
  const memory = new Map(); // where the browser keeps nothing
  const store = { root, damaged: 0, changed: 0, lasting: true };

  function attempt(act, otherwise) {
    try {
      return act(localStorage);
    } catch {
      store.lasting = false;
      return otherwise();
    }
  }
  const get = (key) => memory.get(key) ?? attempt((kept) => kept.getItem(key), () => null); // memory is the newer
  const remove = (key) => {
    memory.delete(key);
    attempt((kept) => kept.removeItem(key), () => null);
  };
  const set = (key, text) => attempt((kept) => {
    kept.setItem(key, text);
    memory.delete(key);
    return true;
  }, () => {
    memory.set(key, text);
    return false;
  });
  const setAside = (key, text) => {
    if (set(`${damagedRoot}${key.slice(root.length)}:${Date.now()}`, text)) remove(key); // with storage full it stays where it is
  };

  function parse(text, isRight) {
    try {
      const record = JSON.parse(text);
      return isRight(record) ? record : null;
    } catch {
      return null;
    }
  }

  store.read = (id) => {
    const key = `${root}${bank}/${id}`;
    const text = get(key);
    if (text === null) return null;
    const record = parse(text, fits(id));
    if (record) return record;
    setAside(key, text);
    store.damaged += 1;
    return null;
  };
  store.write = (id, record) => set(`${root}${bank}/${id}`, JSON.stringify({ ...record, at: new Date().toISOString() }));
  store.remove = (id) => remove(`${root}${bank}/${id}`);
  store.outgrown = (id) => { // the question has changed, and the answer fits it no more
    const key = `${root}${bank}/${id}`;
    setAside(key, get(key));
    store.changed += 1;
  };

  // A check. The first of a day counts as a review, and later ones of that day are kept where they say something else; of a
  // question that readers mark themselves the last counts.
  store.remember = (id, { state, points, out_of }, more, selfMarked = false, at = new Date()) => {
    const head = `${reviewRoot}${bank}/${id}@`;
    const text = JSON.stringify({ state, points, out_of, ...more });
    const today = store.keys().filter((key) => key.startsWith(head) && new Date(key.slice(head.length)).toDateString() === at.toDateString());
    if (selfMarked && today.length) set(today[0], text);
    else if (!today.some((key) => get(key) === text)) set(head + freeTime(at, (time) => get(head + time) === null), text);
  };
  store.reviewed = (id) => store.keys().some((key) => key.startsWith(`${reviewRoot}${bank}/${id}@`));
  store.readToTheEnd = () => get(readRoot + bank) ?? set(readRoot + bank, new Date().toISOString());

  store.keys = () => [...new Set([...attempt((kept) => Object.keys(kept), () => []), ...memory.keys()])].filter((key) => key.startsWith(root));
  store.forget = (ids) => {
    store.damaged = store.changed = 0;
    for (const key of store.keys()) {
      const name = key.slice(root.length).replace(/^(damaged:)?(review:)?/, "");
      if (!ids || ids.some((id) => name === `${bank}/${id}` || name.startsWith(`${bank}/${id}:`) || name.startsWith(`${bank}/${id}@`))) remove(key);
    }
  };
  store.everything = () => {
    const all = { format: "quizzes-answers", version: 2, book, saved: new Date().toISOString(), answers: {}, reviews: {}, read: {}, damaged: {} };
    for (const key of store.keys().sort()) {
      const text = get(key);
      if (text === null) continue; // another tab was quicker
      const name = key.slice(root.length);
      if (key.startsWith(damagedRoot)) all.damaged[key.slice(damagedRoot.length)] = text;
      else if (key.startsWith(readRoot) && isTime(text)) all.read[key.slice(readRoot.length)] = text;
      else if (key.startsWith(reviewRoot)) {
        const [question, at] = key.slice(reviewRoot.length).split("@");
        const review = parse(text, isReview);
        if (review && isTime(at)) (all.reviews[question] ??= []).push({ at, ...review });
        else all.damaged[name] = text;
      } else {
        const record = parse(text, fits(name.slice(name.indexOf("/") + 1)));
        if (record) all.answers[name] = record;
        else all.damaged[name] = text;
      }
    }
    return all;
  };
  return store;
}

// A time in words, a thousandth of a second later as long as it is taken.
function freeTime(at, isFree) {
  let time = new Date(at).getTime();
  while (!isFree(new Date(time).toISOString())) time += 1;
  return new Date(time).toISOString();
}

const isTime = (text) => typeof text === "string" && /^\d{4}-\d\d-\d\dT/.test(text) && Number.isFinite(Date.parse(text));
const fits = (id) => (id.startsWith("@") ? (record) => kind(record) === "an object" : isRecord); // "@..." is a quiz's own record
const isRecord = (record) => typeof record.checked === "boolean" && "answer" in record;
const isReview = ({ state, points, out_of }) => ["right", "partly", "wrong"].includes(state) && Number.isFinite(points) && Number.isFinite(out_of);

// Gives the reader a file.
function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
