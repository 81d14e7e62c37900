// scorm_answers.js: a reader's answers as one text, short enough for what a learning system keeps
const SHORTEST = 40; // letters of a text that are left of it at least

// Every id that an answer to a question can hold. An answer is kept with their numbers in their place, which need little room.
function idsOf({ ids = [], items = [], places = [], gaps = [] }) {
  return [...new Set([...ids, ...items, ...places, ...gaps.flatMap(([id, , part]) => [id, ...idsOf(part)])])];
}

function shrunk(value, ids) {
  if (typeof value === "number") return `#${value}`;
  if (typeof value === "string") return ids.includes(value) ? ids.indexOf(value) : value.replace(/^#/, "##");
  if (Array.isArray(value)) return value.map((one) => shrunk(one, ids));
  if (kind(value) !== "an object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [ids.includes(key) ? ids.indexOf(key) : key, shrunk(one, ids)]));
}

function grown(value, ids) {
  if (typeof value === "number") return ids[value] ?? null;
  if (typeof value === "string") return /^#[^#]/.test(value) ? Number(value.slice(1)) : value.replace(/^##/, "#");
  if (Array.isArray(value)) return value.map((one) => grown(one, ids));
  if (kind(value) !== "an object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [(/^\d+$/.test(key) && ids[key]) || key, grown(one, ids)]));
}

// What is kept as text: [...head, answers that are checked, answers that are not], each answer under its question's version. Where
// that needs more room than there is, the longest texts are cut, then the longest answers left out; `short` has their ids.
function packAnswers(head, kept, questions, room) {
  const rows = [...kept].map(([id, { answer, checked }]) => ({ id, checked, value: shrunk(answer, idsOf(questions[id].part)) }));
  const short = new Set();
  const those = (checked) => Object.fromEntries(rows.filter((row) => row.checked === checked).map(({ id, value }) => [questions[id].version, value]));
  const size = ({ value }) => JSON.stringify(value).length;
  for (;;) {
    const text = JSON.stringify([...head, those(true), those(false)]);
    if (text.length <= room || !rows.length) return { text, short };
    const longest = rows.reduce((one, other) => (size(other) > size(one) ? other : one));
    short.add(longest.id);
    if (!shortened(longest, questions[longest.id].part, text.length - room)) rows.splice(rows.indexOf(longest), 1);
  }
}

// Cuts a text whose mark does not hang on its words, by half at most. False where there is none that is long enough.
function shortened(row, { type }, excess) {
  const text = typeof row.value === "string" ? row.value : row.value?.text;
  if (!types.get(type).selfMarked || text.length <= 2 * SHORTEST) return false;
  const less = cut(text, Math.max(Math.ceil(text.length / 2), text.length - excess));
  row.value = typeof row.value === "string" ? less : { ...row.value, text: less };
  return true;
}

// The same read again: the head, the records by question, and whether anything could not be read or fits no question.
function unpackAnswers(text, questions) {
  const kept = new Map();
  let data = [];
  try {
    data = JSON.parse(text || "[]");
  } catch { /* another's, or damaged */ }
  const [version, first, ...parts] = Array.isArray(data) ? data : [];
  const [checked, drafts] = [0, 1].map((n) => (kind(parts[n]) === "an object" ? parts[n] : {}));
  for (const [id, question] of Object.entries(questions)) {
    const rows = Object.hasOwn(checked, question.version) ? checked : drafts;
    if (!Object.hasOwn(rows, question.version)) continue;
    const record = { answer: grown(rows[question.version], idsOf(question.part)), checked: rows === checked };
    if (fitsQuestion(id, question, record.answer)) kept.set(id, record);
  }
  const lost = version === undefined ? text !== "" : kept.size < Object.keys(checked).length + Object.keys(drafts).length;
  return { version, first, kept, lost };
}

function fitsQuestion(id, question, answer) {
  try {
    markAnswer(id, question, answer);
    return answer !== null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}
