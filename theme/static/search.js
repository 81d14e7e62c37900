// search.js: the page of search. Finds words however their letters are marked, and from other alphabets, and leads to where they stand.
(() => {
  "use strict";
  const results = document.getElementById("search-results");
  const input = results?.closest("main")?.querySelector("input[name=q]") ?? document.querySelector("input[name=q]");
  if (!results || !input) return;
  const KINDS = { text: "Text", term: "Term", question: "Question", figure: "Figure", table: "Table", source: "Source" };
  const WORTH = { question: 0.8, table: 0.9, source: 0.6 }; // of a find, beside one in the text
  const HEADED = new Set(["figure", "table"]); // whose first line says what the others are
  const IN_HEADING = 6; // times that a word of the text counts
  const AT_FIRST = 20; // results, before the button that shows the rest
  const LONGEST = 220, SHORT = 120; // characters of a line
  const WORD = /[\p{L}\p{M}\p{N}]+/gu;
  const LETTERS = new Map(("ı i,đ d,ł l,ø o,ß ss,æ ae,œ oe,"
    + "а a,б b,в v,г g,д d,ђ d,е e,ж z,з z,ѕ dz,и i,ј j,к k,л l,љ lj,м m,н n,њ nj,о o,п p,р r,"
    + "с s,т t,ћ c,у u,ф f,х h,ц c,ч c,џ dz,ш s,щ st,ъ a,ь ,ю yu,я ya,"
    + "α a,β v,γ g,δ d,ε e,ζ z,η i,θ th,ι i,κ k,λ l,μ m,ν n,ξ x,ο o,π p,ρ r,"
    + "σ s,ς s,τ t,υ y,φ f,χ ch,ψ ps,ω o")
    .split(",").map((pair) => pair.split(" ")));

  // A word less what people leave out or write in two ways: "Đakovica", "Djakovica" and "Ђаковица" are "dakovica", "recognize" is "recognise".
  const folded = new Map();
  function fold(word) {
    if (!folded.has(word)) {
      const plain = word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      folded.set(word, [...plain].map((letter) => LETTERS.get(letter) ?? letter).join("").replace(/([dgk])j/g, "$1").replace(/([a-z]{2}i)z(?=[aei])/g, "$1s"));
    }
    return folded.get(word);
  }
  const wordsOf = (text) => (text.match(WORD) ?? []).map(fold);
  const push = (map, key, value) => map.has(key) ? map.get(key).push(value) : map.set(key, [value]);

  const places = []; // the entries of the index, each with how often it has which word, and the words of what is around it
  const having = new Map(); // a word: the places that have it
  const alike = new Map(); // a stem: the words that have it
  let stemmer, stopWords, mean; // mean: words of a place

  function read({ pages, stopWords: listed }) {
    for (const [address, worth, chapter, entries] of pages) for (const [kind, anchor, heading, text] of entries) {
      const place = { address, chapter, kind, anchor, heading: heading || chapter, text, worth: worth * (WORTH[kind] ?? 1) };
      Object.assign(place, { own: new Map(), around: new Set(wordsOf(chapter)) });
      const count = (word, times) => place.own.set(word, (place.own.get(word) ?? 0) + times);
      for (const word of wordsOf(text)) count(word, 1);
      place.named = kind === "text" || kind === "term"; // anything else only stands under a heading
      for (const word of wordsOf(place.heading)) place.named ? count(word, IN_HEADING) : place.around.add(word);
      for (const word of place.own.keys()) push(having, word, place);
      place.length = wordsOf(text).length;
      places.push(place);
    }
    mean = places.reduce((sum, { length }) => sum + length, 0) / places.length;
    stemmer = new Stemmer();
    stopWords = new Set(listed);
    for (const word of having.keys()) push(alike, stemmer.stemWord(word), word);
  }

  // The words of the book that a word stands for, each with how well: itself, its other forms, what begins with it.
  function formsOf(word) {
    const forms = new Map((alike.get(stemmer.stemWord(word)) ?? []).map((form) => [form, 0.8]));
    if (having.has(word)) forms.set(word, 1);
    if (word.length > 3 || !forms.size) {
      for (const form of having.keys()) if (form.startsWith(word) && !forms.has(form)) forms.set(form, 0.3 + 0.4 * word.length / form.length);
    }
    return forms;
  }

  // The words of the book that are nearest in spelling: one letter away, two where the word is long.
  function nearest(word) {
    let limit = word.length > 6 ? 2 : 1, found = [];
    for (const form of word.length > 3 ? having.keys() : []) {
      const far = distance(word, form, limit);
      if (far < limit) [limit, found] = [far, []];
      if (far === limit) found.push(form);
    }
    return new Map(found.map((form) => [form, 0.4]));
  }

  // Letters to change, add, leave out or swap with the next; anything above the limit is the limit plus 1.
  function distance(one, other, limit) {
    if (Math.abs(one.length - other.length) > limit) return limit + 1;
    let before = [], last = Array.from({ length: other.length + 1 }, (_, n) => n);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
        if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return limit + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
  }

  // The places that have all the words, or else those that have most of them, the best first.
  function find(query) {
    const all = wordsOf(query), telling = all.filter((word) => !stopWords.has(word) && !/^[a-z]$/.test(word));
    const words = [...new Set(telling.length ? telling : all)];
    const asked = words.map((word) => formsOf(word));
    const unknown = words.filter((_, n) => !asked[n].size);
    for (const word of unknown) asked[words.indexOf(word)] = nearest(word);
    const scores = new Map();
    for (const forms of asked) {
      const here = new Map(); // a place: how often it has the word
      for (const [form, worth] of forms) for (const place of having.get(form)) here.set(place, (here.get(place) ?? 0) + worth * place.own.get(form));
      const rare = Math.log(1 + (places.length - here.size + 0.5) / (here.size + 0.5));
      for (const [place, times] of here) {
        const score = scores.get(place) ?? { place, words: 0, worth: 0 };
        score.words += 1;
        score.worth += rare * times / (times + 0.3 + 0.9 * place.length / mean);
        scores.set(place, score);
      }
    }
    for (const score of scores.values()) rank(score, asked, all.join(" "));
    const most = Math.max(0, ...[...scores.values()].map((score) => score.words));
    const found = [...scores.values()].filter((score) => score.words === most).sort((a, b) => b.worth - a.worth).map((score) => score.place);
    const near = asked.filter((_, n) => unknown.includes(words[n]));
    return { found, forms: new Set(asked.flatMap((forms) => [...forms.keys()])), whole: most === words.length, unknown, near };
  }

  // Counts the words that stand around a place, and puts first what bears the name that is asked for, above all a term.
  function rank(score, asked, query) {
    const { place } = score, named = place.named ? wordsOf(place.heading) : [];
    const within = (forms, words) => [...words].some((word) => forms.has(word));
    score.words += asked.filter((forms) => within(forms, place.around) && !within(forms, place.own.keys())).length;
    score.worth *= place.worth;
    if (query.includes(" ") && ` ${wordsOf(place.text).join(" ")} `.includes(` ${query} `)) score.worth *= 2.5;
    if (place.kind === "term" && asked.every((forms) => within(forms, named))) score.worth += 20;
    if (named.join(" ") === query) score.worth += place.kind === "term" ? 100 : place.heading === place.chapter ? 80 : 60;
  }

  const make = (tag, className, ...children) => {
    const made = Object.assign(document.createElement(tag), { className });
    made.append(...children);
    return made;
  };
  const said = make("p", "search-said"), list = make("ol", "search-list"), more = make("button", "search-more");
  said.setAttribute("role", "status");
  more.type = "button";
  results.append(said, list, more);

  // A text with the words that were found marked.
  function marked(text, forms) {
    const parts = [];
    let end = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) if (forms.has(fold(word))) {
      parts.push(text.slice(end, index), make("mark", "", word));
      end = index + word.length;
    }
    return [...parts, text.slice(end)];
  }

  // The line of a place that has most of the words, and where the first of them stands in it.
  function lineOf(place, forms) {
    const count = (line) => new Set(wordsOf(line).filter((word) => forms.has(word))).size;
    const line = place.text.split("\n").reduce((best, next) => count(next) > count(best) ? next : best);
    return { line, at: [...line.matchAll(WORD)].find(([word]) => forms.has(fold(word)))?.index ?? 0 };
  }

  function shortened({ line, at }, longest = LONGEST) {
    if (line.length <= longest) return line;
    const start = at < longest / 2 ? 0 : line.indexOf(" ", at - longest / 3) + 1;
    const end = start + longest < line.length ? line.lastIndexOf(" ", start + longest) : line.length;
    return (start ? "… " : "") + line.slice(start, end) + (end < line.length ? " …" : "");
  }

  // Where a result leads; in a long text a browser that can do so goes on to the very words.
  function address(place, { line, at }) {
    const words = /^\S+(\s\S+){4}/.exec(line.slice(at))?.[0];
    const exact = place.kind === "text" && words && "fragmentDirective" in document ? `:~:text=${encodeURIComponent(words).replaceAll("-", "%2D")}` : "";
    return `${place.address}#${place.anchor}${exact}`;
  }

  function item(place, forms) {
    const found = lineOf(place, forms), [first] = place.text.split("\n");
    const link = make("a", "", ...marked(place.kind === "source" ? place.text : place.heading, forms));
    link.href = address(place, found);
    const where = make("p", "search-where", make("span", "search-kind", KINDS[place.kind]), ` ${place.chapter}`);
    const lines = place.kind === "source" ? [] : [shortened(found)];
    if (HEADED.has(place.kind) && found.line !== first) lines.unshift(shortened({ line: first, at: 0 }, SHORT));
    return make("li", "", link, where, ...lines.map((line) => make("p", "search-line", ...marked(line, forms))));
  }

  function sentence(query, { found, whole, unknown, near, forms }) {
    const quoted = `“${query}”`, many = `${found.length} ${found.length === 1 ? "result" : "results"}`;
    if (!found.length) return `Nothing found for ${quoted}. Try another spelling, fewer words, or only the beginning of a word.`;
    if (!whole) return `No place has all of these words. ${many} for some of ${quoted}.`;
    if (!unknown.length) return `${many} for ${quoted}.`;
    const spelt = [...near[0].keys()].slice(0, 3).map((form) => `“${[...folded].find(([, plain]) => plain === form)[0]}”`).join(", ");
    const typed = query.match(WORD).find((word) => fold(word) === unknown[0]);
    return `Nothing is spelt “${typed}” here. ${many} for what is nearest: ${spelt}.`;
  }

  function show() {
    const query = input.value.trim();
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    const answer = find(query), { found, forms } = answer;
    const rest = found.slice(AT_FIRST);
    list.replaceChildren(...found.slice(0, AT_FIRST).map((place) => item(place, forms)));
    said.textContent = query ? sentence(query, answer) : "";
    more.hidden = !rest.length;
    more.textContent = `Show the other ${rest.length}`;
    more.onclick = () => {
      more.hidden = true;
      list.append(...rest.map((place) => item(place, forms)));
      list.children[AT_FIRST].querySelector("a").focus();
    };
  }

  // Arrow keys lead from the box through the results and back.
  function step(event) {
    const stops = [input, ...list.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 }[event.key];
    if (at < 0 || next === undefined || !stops[next] || (event.key === "Escape" && !at)) return;
    event.preventDefault();
    stops[next].focus();
  }

  input.value = new URLSearchParams(location.search).get("q") ?? input.value;
  more.hidden = true;
  const file = new URL("search-index.js", document.currentScript.src);
  // What can be found, once there is something to find: it is the heaviest file of the book's scripts.
  function load() {
    said.textContent = "Loading …";
    const index = Object.assign(document.createElement("script"), { src: file });
    index.onerror = () => { said.textContent = "The search could not be loaded. Load the page again."; };
    index.onload = () => {
      let waiting = 0;
      read(searchIndex);
      show();
      input.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(show, 120);
      });
      input.form?.addEventListener("submit", (event) => {
        event.preventDefault();
        show();
      });
      addEventListener("keydown", step);
    };
    document.head.append(index);
  }
  if (input.value) load();
  else {
    input.focus();
    input.addEventListener("input", load, { once: true });
  }
})();
