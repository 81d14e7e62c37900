// many_choices.js: pick every choice that is right
register("many-choices", {
  read: (form) => {
    const picked = [...form.querySelectorAll("input:checked")].map((box) => box.value).sort();
    return picked.length ? picked : null; // nothing ticked is not yet an answer
  },
  write: (form, answer) => {
    for (const box of form.querySelectorAll("input")) box.checked = (answer ?? []).includes(box.value);
  },
  foundWrong: (part, answer) => {
    if (!Array.isArray(answer)) return kind(answer);
    for (const picked of answer) {
      const wrong = unknownChoice(part, picked);
      if (wrong) return typeof picked === "string" ? wrong : `${wrong} in the list`;
    }
    return new Set(answer).size < answer.length ? "one id twice" : null;
  },
  labels: (form, { ids }) => [...form.querySelectorAll("input:checked")] // in the order of the feedback, whatever the order on the page
    .sort((one, other) => ids.indexOf(one.value) - ids.indexOf(other.value)).map((box) => box.nextElementSibling.textContent),
  mark: (marking, answer) => marking.table[[...answer].sort().join(",")],
});
