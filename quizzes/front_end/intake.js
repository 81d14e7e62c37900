// intake.js: a saved file, checked and put beside what is stored here
const MOST = 5 * 1024 * 1024; // bytes of a file that is taken in

// What a file holds, as entries of the store: [key, text]. Throws the name of the words that say why it is refused.
function readFile(text, { book, root }) {
  const { isRecord, isReview, isTime } = parts();
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw "progress-foreign";
  }
  if (!isObject(file) || file.format !== "quizzes-answers" || !Number.isInteger(file.version)) throw "progress-foreign";
  if (file.version > 2) throw "progress-newer";
  if (file.book !== book) throw "progress-other-book";
  const { answers, reviews = {}, read = {}, damaged = {} } = file;
  if (![answers, reviews, read, damaged].every(isObject)) throw "progress-foreign";
  const found = { answers: [], reviews: [], read: [], damaged: [] };
  const setAside = (name, value) => found.damaged.push([`${root}damaged:${name}`, typeof value === "string" ? value : JSON.stringify(value)]);
  const isName = (name) => /^[a-z0-9-]+\/@?[^@\s]+$/.test(name);
  for (const [name, record] of Object.entries(answers)) {
    const fits = isName(name) && isObject(record) && (name.includes("/@") || isRecord(record)) && (record.at === undefined || isTime(record.at));
    if (fits) found.answers.push([`${root}${name}`, JSON.stringify(record)]);
    else setAside(name, record);
  }
  for (const [name, list] of Object.entries(reviews)) {
    for (const review of Array.isArray(list) ? list : [list]) {
      if (isName(name) && isObject(review) && isTime(review.at) && isReview(review)) {
        const { at, ...rest } = review;
        found.reviews.push([`${root}review:${name}@${new Date(at).toISOString()}`, JSON.stringify(rest)]);
      } else setAside(`review:${name}`, review);
    }
  }
  for (const [name, time] of Object.entries(read)) {
    if (/^[a-z0-9-]+$/.test(name) && isTime(time)) found.read.push([`${root}read:${name}`, time]);
    else setAside(`read:${name}`, time);
  }
  for (const [name, value] of Object.entries(damaged)) setAside(name, value);
  return found;
}

// Puts what a file holds beside what is here: the newest answer wins, all else is united. Everything or nothing is stored.
function takeIn({ answers, reviews, read, damaged }) {
  const taken = { answers: 0, reviews: 0, read: 0, newer: 0, damaged: 0 };
  const before = new Map();
  const here = (key) => localStorage.getItem(key);
  const timeOf = (text) => {
    try {
      return Date.parse(JSON.parse(text).at) || 0;
    } catch {
      return -1; // unreadable
    }
  };
  const put = (kind, key, text) => {
    if (!before.has(key)) before.set(key, here(key));
    localStorage.setItem(key, text);
    taken[kind] += 1;
  };
  const aside = (key, text) => { // under another name where that one is taken
    let name = key;
    while (here(name) !== null && here(name) !== text) name += "+";
    if (here(name) === null) put("damaged", name, text);
  };
  try {
    for (const [key, text] of answers) {
      const old = here(key);
      if (old === text) continue;
      if (old !== null && timeOf(old) >= timeOf(text)) {
        taken.newer += 1;
        continue;
      }
      if (old !== null && timeOf(old) < 0) aside(key.replace(/^(quizzes:[^:]*:)/, "$1damaged:"), old);
      put("answers", key, text);
    }
    for (const [key, text] of reviews) {
      const [head, at] = key.split("@");
      const time = parts().freeTime(at, (free) => [null, text].includes(here(`${head}@${free}`)));
      if (here(`${head}@${time}`) === null) put("reviews", `${head}@${time}`, text);
    }
    for (const [key, text] of read) if (here(key) === null) put("read", key, text);
    for (const [key, text] of damaged) aside(key, text);
  } catch {
    try {
      for (const key of before.keys()) localStorage.removeItem(key); // makes the room for what was there
      for (const [key, text] of before) if (text !== null) localStorage.setItem(key, text);
    } catch { /* what forbids writing wrote nothing */ }
    throw "progress-no-room";
  }
  return taken;
}
