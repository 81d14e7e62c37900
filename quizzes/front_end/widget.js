// widget.js: a notebook, where Python listens
export default {
  render({ model, el }) {
    el.innerHTML = model.get("markup");
    // A key pressed in an answer is meant for the answer; JupyterLab would take "b" or "d d" for itself.
    el.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
    const change = (edit) => {
      const answers = { ...model.get("answers") };
      const checked = new Set(model.get("checked"));
      const kept = { ...model.get("kept") };
      edit(answers, checked, kept);
      model.set("answers", answers);
      model.set("kept", kept);
      model.set("checked", [...checked].sort());
      model.save_changes();
    };
    const store = {
      alone: true, // with no other quiz whose answers these could be
      read: (id) => {
        const [answers, kept] = [model.get("answers"), model.get("kept") ?? {}];
        return id in answers || id in kept ? { ...kept[id], answer: answers[id] ?? null, checked: model.get("checked").includes(id) } : null;
      },
      write: (id, { answer, checked: asked, ...more }) => change((answers, checked, kept) => {
        if (answer === null) delete answers[id];
        else answers[id] = answer;
        if (Object.keys(more).length) kept[id] = more;
        else delete kept[id];
        checked[asked ? "add" : "delete"](id);
      }),
      remove: (id) => change((answers, checked, kept) => {
        delete answers[id];
        delete kept[id];
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
    model.on("change:answers change:checked change:kept", listen);
    return () => model.off("change:answers change:checked change:kept", listen);
  },
};
