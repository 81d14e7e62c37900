// stock.js: what a reader has done and what is due, worked out from all that is stored
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
