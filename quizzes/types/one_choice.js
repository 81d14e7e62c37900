// one_choice.js: pick one choice
register("one-choice", {
  read: (form) => form.querySelector("input:checked")?.value ?? null,
  write: (form, answer) => {
    for (const box of form.querySelectorAll("input")) box.checked = box.value === answer;
  },
  foundWrong: (part, answer) => unknownChoice(part, answer),
  mark: (marking, answer) => marking.table[answer],
});
