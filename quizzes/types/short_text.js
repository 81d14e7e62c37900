// short_text.js: a word or a name; says how near a typed text is to each form (the rules: spelling.py)
const KNOWN = /[\0-\u052f\u1e00-\u1fff\ufb00-\ufb06\uff01-\uff5e]+/g;
const LATIN = /[\u0080-\u024f\u1e00-\u1eff]/;
const CYRILLIC = /[\u0400-\u04ff]/;
const NO_TEXT = /[\0-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]/u;

const letters = (replacements) => new Map(Object.entries(replacements).flatMap(([now, old]) => [...old].map((letter) => [letter, now])));
const READ_AS = letters(SPELLING.read_as);
const SAME = letters(SPELLING.same);
const UNMARKED = letters(SPELLING.plain);
const translate = (text, map) => Array.from(text, (letter) => map.get(letter) ?? letter).join("");

function stripEdges(text) {
  const inside = Array.from(text, (letter) => !SPELLING.edges.includes(letter));
  return inside.includes(true) ? [...text].slice(inside.indexOf(true), inside.lastIndexOf(true) + 1).join("") : "";
}

const cleanText = (text) => translate(text, READ_AS).replace(KNOWN, (run) => run.normalize("NFKC"));

function cyrillicToLatin(text, table) {
  const known = { ...SPELLING.cyrillic[""], ...SPELLING.cyrillic[table] };
  const ended = table === "bg" ? text.replace(/ия(?=$|[ -])/g, "ia") : text;
  return Array.from(ended, (letter) => (Object.hasOwn(known, letter) ? known[letter] : letter)).join("");
}

function exactText(text, fold, table) {
  let form = cleanText(text);
  if (fold === "tr") form = form.replaceAll("I", "ı");
  form = form.replace(KNOWN, (run) => Array.from(run, (letter) => letter.toLowerCase()).join("")).replaceAll("i\u0307", "i");
  if (table !== null) form = cyrillicToLatin(form, table);
  return stripEdges(translate(form, SAME).replace(/ +/g, " "));
}

// A typed text as it stands, and without the suffix after its last apostrophe.
function readText(text, fold, table) {
  const whole = cleanText(text);
  const bare = stripEnd(whole).replace(/'[^ '0-9]{1,10}$/u, "");
  return [whole, bare].map((way) => ({
    exact: exactText(way, fold, table),
    asciiOnly: /^[\0-\u007f]*$/.test(way),
    capitals: /[Α-Ω]/.test(way) && !/[ΐά-ώ]/.test(way),
  }));
}

function stripEnd(text) {
  let end = text.length;
  while (end && SPELLING.edges.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

function bareLetter(letter) {
  if (SPELLING.kept.includes(letter) || letter.search(KNOWN)) return letter;
  return translate(letter, UNMARKED).normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

function loosenText(exact, fold) {
  const marks = new Set();
  let plain = "";
  let place = 0;
  for (const letter of exact) {
    const bare = bareLetter(letter);
    if (bare !== letter && LATIN.test(letter) && !(fold === "tr" && "âîû".includes(letter))) marks.add(place + letter);
    plain += bare;
    place += characters(bare.replaceAll(" ", ""));
  }
  return { joined: plain.replaceAll(" ", ""), words: plain.replaceAll("ı", "i").split(" ").filter(Boolean), marks };
}

function oneEdit(one, other) {
  const start = one.findIndex((letter, n) => letter !== other[n]);
  const from = start < 0 ? one.length : start;
  const rest = (text, more) => text.slice(from + more).join("");
  return rest(one, 1) === rest(other, 1) || rest(one, 1) === rest(other, 0) || rest(one, 0) === rest(other, 1);
}

function oneLetterOff(typed, wanted) {
  if (typed.length !== wanted.length) return false;
  const different = typed.flatMap((word, n) => (word === wanted[n] ? [] : [[[...word], [...wanted[n]]]]));
  if (different.length !== 1) return false;
  const [word, right] = different[0];
  return right.length >= 5 && !/[0-9]/.test([...word, ...right].join("")) && oneEdit(word, right);
}

// 3 right, 2 right with a note, 1 nearly, 0 wrong
function compareText(typed, form, fold) {
  if (typed.exact === form) return 3;
  const mine = loosenText(typed.exact, fold);
  const wanted = loosenText(form, fold);
  if (mine.joined === wanted.joined) {
    if ([...mine.marks].some((mark) => !wanted.marks.has(mark))) return 1;
    return typed.capitals ? 3 : 2;
  }
  if (mine.words.join("") === wanted.words.join("")) return typed.asciiOnly ? 2 : 1;
  return oneLetterOff(mine.words, wanted.words) ? 1 : 0;
}

register("short-text", {
  read: (form) => form.querySelector("input").value.trim() || null,
  write: (form, answer) => {
    form.querySelector("input").value = answer ?? "";
  },
  foundWrong: (part, answer) => {
    if (typeof answer !== "string") return kind(answer);
    if (characters(answer) > 200) return "text of more than 200 characters";
    return NO_TEXT.test(answer) ? "text with a character that nobody can type" : null;
  },
  mark: ({ forms, rows, cyrillic }, answer) => {
    const table = CYRILLIC.test(answer) ? cyrillic : null;
    let [best, found] = [-1, null];
    for (const [exact, fold, rowOf] of forms) {
      for (const typed of readText(answer, fold, table)) {
        const outcome = compareText(typed, exact, fold);
        if (outcome > best) [best, found] = [outcome, rowOf[outcome]];
      }
    }
    return rows[found];
  },
});
