// progress.js: the page on which readers see what they have done, take it along, and review what is due
const MOST = 5 * 1024 * 1024; // bytes of a file that is taken in
const AT_ONCE = 10; // questions of one review: enough for a sitting, and a backlog stays a choice
const parts = () => window.quizzes.parts;

// A day as a whole number: the reader's calendar day, so that what was wrong tonight is due tomorrow morning.
function dayOf(time) {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY;
}

// A mark as FSRS takes it. Right or not is nearly all it needs: over 350 million reviews its log loss is 0.326 with two grades and
// 0.321 with four (srs-benchmark). Easy is never given, and a guess that was right is Hard: nobody is sent away for months on luck.
function rating({ state, certainty }) {
  if (state === "wrong") return AGAIN;
  return state === "partly" || certainty === 1 ? HARD : GOOD;
}

const firstOfDays = (reviews) => reviews.filter(({ at }, n) => n === 0 || dayOf(at) !== dayOf(reviews[n - 1].at));

// Where a question stands after its reviews, in order of time; null where there are none up to today.
function schedule(reviews, today) {
  return firstOfDays(reviews).filter(({ at }) => dayOf(at) <= today)
    .reduce((card, review) => fsrsReview(card, rating(review), dayOf(review.at) * DAY, BY_DAY), null);
}

// All that the page shows, from what is stored.
function takeStock({ answers, reviews, read }, { banks, known, same }, today) {
  const stock = { chapters: [], due: [], later: [], changed: [], vanished: [], ahead: 0, levels: { 1: [0, 0], 2: [0, 0], 3: [0, 0] } };
  const inOrder = (list) => [...list].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const histories = new Map(); // of a question, wherever it was asked
  for (const [name, list] of Object.entries(reviews)) {
    const own = same[name] ?? name;
    histories.set(own, [...(histories.get(own) ?? []), ...list]);
  }
  const seen = new Set([...Object.keys(answers), ...Object.keys(reviews)].filter((name) => !name.includes("/@")).map((name) => name.split(":")[0]));
  for (const bank of banks) {
    const chapter = { name: bank.name, answered: 0, of: Object.keys(bank.questions).length, latest: 0, best: 0, out_of: 0, read: read[bank.name] };
    stock.chapters.push(chapter);
    for (const [id, version] of Object.entries(bank.questions)) {
      const name = `${bank.name}/${id}`;
      const current = (review) => (review.version ?? version) === version;
      const own = inOrder(reviews[name] ?? []).filter(current);
      if (own.length || (answers[name] && answers[name].answer !== null)) chapter.answered += 1;
      if (own.length) {
        chapter.out_of += own.at(-1).out_of;
        chapter.latest += own.at(-1).points;
        chapter.best += Math.min(Math.max(...own.map(({ points }) => points)), own.at(-1).out_of);
      }
      if (name in same && same[name].split("/")[0] !== bank.name && banks.some((other) => other.name === same[name].split("/")[0])) continue;
      const history = inOrder(histories.get(name) ?? []);
      if (!history.length) continue;
      const asked = history.filter(current);
      stock.ahead += asked.filter(({ at }) => dayOf(at) > today).length;
      for (const { certainty, state } of firstOfDays(asked)) {
        if (!(certainty in stock.levels)) continue;
        stock.levels[certainty][0] += 1;
        stock.levels[certainty][1] += state === "right" ? 1 : 0;
      }
      const card = schedule(asked, today);
      const entry = { bank, id, day: card ? card.due / DAY : today, recall: card ? fsrsRecall(card, today * DAY) : 0 };
      if (!asked.length) stock.changed.push(entry);
      (entry.day <= today ? stock.due : stock.later).push(entry);
    }
  }
  const shownBanks = new Map(banks.map((bank) => [bank.name, bank]));
  for (const name of [...seen].sort()) {
    const [bank, id] = name.split("/");
    if (shownBanks.has(bank) ? !Object.hasOwn(shownBanks.get(bank).questions, id) : !known.includes(bank)) stock.vanished.push(name);
  }
  stock.due.sort((one, other) => one.recall - other.recall); // first what is likeliest forgotten
  stock.nothing = !seen.size && !Object.keys(read).length;
  return stock;
}

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

function bringProgressToLife(page) {
  const { askTwice, bringQuizToLife, browserStore, download, fill, isSelfMarked, keepHistory, shown } = parts();
  const known = JSON.parse(page.querySelector(".quiz-data").textContent);
  const { words, book, banks } = known;
  const store = browserStore(book, "");
  const part = (name) => page.querySelector(`[data-part=${name}]`);
  const notice = page.querySelector(".quiz-notice");
  const scripts = new Map(); // bank -> its questions, drawn
  let reviewing = false;

  const line = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });
  const named = (names, n) => words[names].split("|")[n];
  const date = (day, form) => { // the browser's own names of months do not cover every language
    const at = new Date(day * DAY);
    return fill(words[form], { day: at.getUTCDate(), month: named("months", at.getUTCMonth()), year: at.getUTCFullYear(), weekday: named("weekdays", at.getUTCDay()) });
  };
  const nameOf = (bank, id) => `${bank.title}: ${id.replaceAll("-", " ")}`;

  function tell(stock) {
    const told = page.querySelector(".quiz-told");
    const list = (text, entries) => { // one sentence: "…: one, two, three."
      const made = line("p", `${text} `);
      for (const [n, { bank, id, name }] of entries.entries()) {
        made.append(n ? ", " : "", bank?.address ? Object.assign(line("a", nameOf(bank, id)), { href: `${bank.address}#quiz-${bank.name}-${id}` }) : name ?? nameOf(bank, id));
      }
      made.append(".");
      return [made];
    };
    told.replaceChildren(
      ...(store.lasting ? [] : [line("p", words["not-kept"])]),
      ...(store.unreadable ? [line("p", fill(words["progress-set-aside"], { count: store.unreadable }))] : []),
      ...(stock.ahead ? [line("p", fill(words["progress-clock"], { count: stock.ahead }))] : []),
      ...(stock.changed.length ? list(words["progress-changed"], stock.changed) : []),
      ...(stock.vanished.length ? list(words["progress-vanished"], stock.vanished.map((name) => ({ name }))) : []),
    );
    told.hidden = !told.childElementCount || reviewing;
  }

  function showDue({ due, later }, today) {
    const button = page.querySelector("[data-quiz-do=review]");
    page.querySelector(".quiz-today").textContent = due.length ? fill(words["progress-due-today"], { count: due.length }) : words["progress-due-none"];
    button.hidden = !due.length || reviewing;
    button.textContent = fill(words["progress-review"], { count: Math.min(due.length, AT_ONCE) });
    button.onclick = () => review(due.slice(0, AT_ONCE));
    const days = new Map();
    for (const { day } of later.sort((one, other) => one.day - other.day)) {
      const name = day === today + 1 ? words["progress-tomorrow"] : day <= today + 7 ? date(day, "weekday-date") : words["progress-after-a-week"];
      days.set(name, (days.get(name) ?? 0) + 1);
    }
    page.querySelector(".quiz-days").replaceChildren(...[...days].map(([day, count]) => line("li", fill(words["progress-due-day"], { day, count }))));
  }

  function showChapters({ chapters }) {
    const whole = { name: "*", answered: 0, of: 0, latest: 0, best: 0, out_of: 0 };
    for (const chapter of [...chapters, whole]) {
      const row = page.querySelector(`[data-row="${chapter.name}"]`);
      const of = (count, all) => (all ? fill(words["progress-of"], { count: shown(count, words), of: shown(all, words) }) : "–");
      const texts = [of(chapter.answered, chapter.of), of(chapter.latest, chapter.out_of), of(chapter.best, chapter.out_of)];
      for (const [n, cell] of row.querySelectorAll("td").entries()) cell.textContent = texts[n];
      row.style.setProperty("--done", chapter.of ? chapter.answered / chapter.of : 0);
      row.querySelector(".quiz-read").textContent = chapter.read
        ? fill(words["progress-read"], { day: date(dayOf(chapter.read), "date") }) : "";
      for (const name of ["answered", "of", "latest", "best", "out_of"]) whole[name] += chapter === whole ? 0 : chapter[name];
    }
  }

  function showCertainty({ levels }) {
    for (const [level, [count, right]] of Object.entries(levels)) {
      const cells = part("certainty").querySelectorAll(`[data-row="${level}"] td`);
      cells[0].textContent = count;
      cells[1].textContent = count ? `${fill(words["progress-of"], { count: right, of: count })} (${fill(words.percent, { number: Math.round((100 * right) / count) })})` : "–";
    }
    return Object.values(levels).some(([count]) => count);
  }

  function render() {
    const today = dayOf(Date.now());
    const all = store.everything();
    store.unreadable = Object.keys(all.damaged).length;
    const stock = takeStock(all, known, today);
    showDue(stock, today);
    showChapters(stock);
    tell(stock);
    part("empty").hidden = !stock.nothing || reviewing;
    part("chapters").hidden = stock.nothing;
    part("due").hidden = !(stock.due.length || stock.later.length) || reviewing;
    part("certainty").hidden = !showCertainty(stock);
    page.querySelector(".quiz-tools").hidden = false;
    for (const name of ["export", "clear"]) page.querySelector(`[data-quiz-do=${name}]`).hidden = stock.nothing && !store.unreadable;
  }

  function load(bank) {
    return new Promise((done, fail) => {
      if (scripts.has(bank.name)) return done();
      const script = Object.assign(document.createElement("script"), { src: bank.script, onload: () => done(), onerror: fail });
      document.head.append(script);
    });
  }
  window.quizzes.bank = (name, html) => { // what a bank's script calls
    const drawn = Object.assign(document.createElement("template"), { innerHTML: html }).content;
    scripts.set(name, { drawn, data: JSON.parse(drawn.querySelector(".quiz-data").textContent) });
  };

  // One question as a quiz of its own, with an empty answer; what is answered is kept as on its own page.
  function ask({ bank, id }) {
    const { drawn, data } = scripts.get(bank.name);
    const section = drawn.querySelector(".quiz").cloneNode(false);
    const form = drawn.querySelector(`form[data-quiz-question="${id}"]`).cloneNode(true);
    form.querySelector(".quiz-number").remove();
    const asked = { ...data, questions: { [id]: data.questions[id] } };
    section.append(form, Object.assign(line("p", "", "quiz-total"), { hidden: true }),
      Object.assign(line("script", JSON.stringify(asked), "quiz-data"), { type: "application/json" }));
    const kept = browserStore(book, bank.name);
    keepHistory(section, kept, asked.questions);
    let fresh = null;
    bringQuizToLife(section, {
      read: () => fresh,
      write: (_, record) => kept.write(id, fresh = record),
      remove: () => { fresh = null; },
    });
    return section;
  }

  async function review(due) {
    const place = part("review");
    const marks = [];
    try {
      await Promise.all([...new Set(due.map(({ bank }) => bank))].map(load));
    } catch {
      notice.textContent = words["progress-loading-failed"];
      return;
    }
    const questions = due.filter(({ bank, id }) => scripts.get(bank.name)?.data.questions[id]);

    const button = (text, act) => Object.assign(line("button", text), { type: "button", onclick: act });
    function step(n) {
      if (n === questions.length) return end();
      const { bank } = questions[n];
      const head = Object.assign(line("h2", fill(words["progress-reviewing"], { title: bank.title, number: n + 1, of: questions.length })), { tabIndex: -1 });
      const section = ask(questions[n]);
      section.addEventListener("quiz:answer", ({ detail }) => {
        if (detail.checked && (marks[n] === undefined || isSelfMarked(scripts.get(bank.name).data.questions[questions[n].id]))) marks[n] = detail.mark.state;
      });
      const last = n + 1 === questions.length;
      const on = line("p", "", "quiz-actions");
      on.append(button(words[last ? "progress-finish" : "progress-next"], () => step(n + 1)), ...(last ? [] : [" ", button(words["progress-stop"], end)]));
      place.replaceChildren(head, section, on);
      head.focus();
    }
    function end() {
      reviewing = false;
      const said = marks.filter(Boolean);
      const text = fill(words["progress-reviewed"], { count: said.length, right: said.filter((state) => state === "right").length });
      const told = Object.assign(line("p", text, "quiz-today"), { tabIndex: -1 });
      place.replaceChildren(told);
      render();
      told.focus();
    }
    reviewing = true;
    place.hidden = false;
    render();
    step(0);
  }

  page.querySelector("[data-quiz-do=export]").addEventListener("click", () => {
    download(`${book}-answers.json`, JSON.stringify(store.everything(), null, 2));
  });
  const input = page.querySelector("input[type=file]");
  page.querySelector("[data-quiz-do=import]").addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    try {
      if (file.size > MOST) throw "progress-too-large";
      const taken = takeIn(readFile(await file.text(), { book, root: store.root }));
      notice.textContent = [fill(words["progress-taken"], taken), taken.damaged ? fill(words["progress-set-aside"], { count: taken.damaged }) : ""].join(" ").trim();
    } catch (reason) {
      notice.textContent = words[reason] ?? words["progress-foreign"];
    }
    input.value = ""; // the same file may be chosen again
    render();
  });
  askTwice(page.querySelector("[data-quiz-do=clear]"), words["progress-clear-sure"], notice, () => {
    store.forget();
    part("review").replaceChildren();
    reviewing = false;
    render();
    notice.textContent = words.cleared;
  });
  window.addEventListener("storage", ({ key }) => (key === null || key.startsWith(store.root)) && render()); // another tab
  document.addEventListener("visibilitychange", () => document.hidden || render()); // perhaps another day
  window.addEventListener("pageshow", ({ persisted }) => persisted && render()); // by the browser's own way back
  render();
}

const bringAllToLife = () => document.querySelectorAll(".quiz-progress").forEach(bringProgressToLife);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", bringAllToLife);
else bringAllToLife();
