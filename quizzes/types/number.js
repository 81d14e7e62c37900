// number.js: a number, written as people write numbers (the rules: number.py, read_number)
const MINUS = /[\u2010-\u2014\u2212\ufe63\uff0d]/g;
const SPACE = /[\t\n\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const AMBIGUOUS = /^[1-9][0-9]{0,2}[.,][0-9]{3}$/;
const PLAIN = /^([0-9]*)[.,]?([0-9]*)$/;
const GROUPED = /^([0-9]{1,3}(?:([ '])[0-9]{3}(?:\2[0-9]{3})*|([.,])[0-9]{3}(?:\3[0-9]{3})+))(?:[.,]([0-9]*))?$/;
const MIXED = /^([0-9]{1,3}([.,])[0-9]{3})(?!\2)[.,]([0-9]*)$/;

function foldNumber(text) {
  return text
    .replace(MINUS, "-").replace(SPACE, " ").replace(/\u2019/g, "'").replace(/\uff0e/g, ".").replace(/\uff0c/g, ",")
    .replace(/[\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/^ +| +$/g, "");
}

function readNumber(written, { decimal, units }) {
  let text = foldNumber(written);
  for (const unit of units) {
    if (text.startsWith(unit)) text = text.slice(unit.length);
    else if (text.endsWith(unit)) text = text.slice(0, -unit.length);
    else continue;
    text = text.replace(/^ +| +$/g, "");
    break;
  }
  const sign = text.startsWith("-") ? "-" : "";
  text = text.replace(/^[+-](?![+-]) */, "");
  const number = (whole, decimals) => ({ number: sign + (whole || "0") + (decimals ? `.${decimals}` : "") });
  if (AMBIGUOUS.test(text)) {
    return { number: sign + (text.includes(decimal) ? text.replace(",", ".") : text.replace(/[.,]/g, "")), ambiguous: true };
  }
  let found = text.match(PLAIN);
  if (found && (found[1] || found[2])) return number(found[1], found[2]);
  found = text.match(GROUPED);
  if (found) return number(found[1].replace(/[^0-9]/g, ""), found[4]);
  found = text.match(MIXED);
  if (found) return number(found[1].replace(/[^0-9]/g, ""), found[3]);
  return {};
}

// As it was read, then the other way (number.py, two_ways).
function twoWays(number, decimal) {
  const whole = number.replace(".", "");
  const part = whole.replace(/...$/, ".$&").replace(/\.?0+$/, "").replace(".", decimal);
  return number.includes(".") ? `${part} (≠ ${whole})` : `${whole} (≠ ${part})`;
}

register("number", {
  read: (form) => form.querySelector("input").value.trim() || null,
  write: (form, answer) => {
    form.querySelector("input").value = answer ?? "";
  },
  foundWrong: (part, answer) => {
    if (typeof answer === "string") return characters(answer) > part.longest ? `text of more than ${part.longest} characters` : null;
    if (typeof answer !== "number") return kind(answer);
    return Number.isFinite(answer) ? null : "a number without end";
  },
  unreadable: (answer) => typeof answer === "string" && !/[0-9]/.test(foldNumber(answer)), // what the units are, an assignment does not say
  mark: (marking, answer, part) => {
    const { number, ambiguous } = typeof answer === "string" ? readNumber(answer, part) : { number: answer };
    if (number === undefined) return marking.unread;
    const value = Number(number);
    const hit = marking.intervals.find(([low, high]) => low <= value && value <= high);
    const row = hit ? hit[2] : marking.wrong;
    return ambiguous ? [...row, marking.read_as.replace("{number}", twoWays(number, part.decimal))] : row;
  },
});
