// progress.js: the page on which readers see what they have done, take it along, and review what is due
const AT_ONCE = 10; // questions of one review: enough for a sitting, and a backlog stays a choice
const parts = () => window.quizzes.parts;

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
    page.querySelector(".quiz-tools").removeAttribute("data-waits");
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
      write: (_, record) => {
        fresh = record;
        if (record.checked) kept.write(id, { ...kept.read(id), ...record }); // until then the earlier answer stands
      },
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
      const head = Object.assign(line("h2", ""), { tabIndex: -1 });
      const said = fill(words["progress-reviewing"], { title: bank.title, number: n + 1, of: questions.length });
      head.append(Object.assign(line("a", said), { href: `${bank.address}#quiz-${bank.name}-${questions[n].id}` })); // where its map or table is
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
