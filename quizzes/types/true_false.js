// true_false.js: a statement that is true or false
register("true-false", {
  read: (form) => {
    const picked = form.querySelector("input:checked");
    return picked ? picked.value === "true" : null;
  },
  write: (form, answer) => {
    for (const box of form.querySelectorAll("input")) box.checked = box.value === String(answer);
  },
  foundWrong: (part, answer) => (typeof answer === "boolean" ? null : kind(answer)),
  mark: (marking, answer) => marking.table[String(answer)],
});
