// widget.js: a notebook, where Python listens
export default {
  render({ model, el }) {
    el.innerHTML = model.get("markup");
    // A key pressed in an answer is meant for the answer; JupyterLab would take "b" or "d d" for itself.
    el.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
    const change = (edit) => {
      const answers = { ...model.get("answers") };
      const checked = new Set(model.get("checked"));
      edit(answers, checked);
      model.set("answers", answers);
      model.set("checked", [...checked].sort());
      model.save_changes();
    };
    const store = {
      read: (id) => (id in model.get("answers") ? { answer: model.get("answers")[id], checked: model.get("checked").includes(id) } : null),
      write: (id, record) => change((answers, checked) => {
        answers[id] = record.answer;
        checked[record.checked ? "add" : "delete"](id);
      }),
      remove: (id) => change((answers, checked) => {
        delete answers[id];
        checked.delete(id);
      }),
    };
    let ours = false; // a change made here needs no redrawing
    const own = (act) => (...args) => {
      ours = true;
      try {
        act(...args);
      } finally {
        ours = false;
      }
    };
    const { restore } = bringQuizToLife(el.querySelector(".quiz"), { ...store, write: own(store.write), remove: own(store.remove) });
    const listen = () => ours || restore();
    model.on("change:answers change:checked", listen);
    return () => model.off("change:answers change:checked", listen);
  },
};
