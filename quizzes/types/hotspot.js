// hotspot.js: pick cells of a table or bars of a chart; what locate.js shares with it stands here (picking.py)
const asList = (answer) => (typeof answer === "string" ? [answer] : answer);

// A cell is named by its row, its column and itself; a bar or a place by the text beside its box.
function nameOfBox(box) {
  const ids = box.getAttribute("aria-labelledby");
  if (!ids) return box.nextElementSibling.textContent;
  return ids.split(" ").map((id) => box.form.querySelector(`#${CSS.escape(id)}`).textContent.trim()).join(", ");
}

const picking = {
  read: (form) => {
    const picked = [...form.querySelectorAll("input:checked")];
    if (!picked.length) return null;
    return picked[0].type === "radio" ? picked[0].value : picked.map((box) => box.value).sort();
  },
  write: (form, answer) => {
    const picked = asList(answer ?? []);
    for (const box of form.querySelectorAll("input")) box.checked = picked.includes(box.value);
  },
  foundWrong: (part, answer) => {
    const picked = asList(answer);
    const found = types.get("many-choices").foundWrong(part, picked);
    if (found) return found;
    return part.several || picked.length === 1 ? null : `${picked.length} ids`;
  },
  labels: (form) => [...form.querySelectorAll("input[type=checkbox]:checked")].map(nameOfBox),
  mark: (marking, answer, part) => {
    const picked = part.ids.filter((id) => asList(answer).includes(id));
    const right = picked.filter((id) => marking.right.includes(id)).length;
    const row = marking.rows[right];
    return [...row[Math.min(picked.length - right, row.length - 1)], picked.map((id) => marking.picks[id])];
  },
};

register("hotspot", picking);
