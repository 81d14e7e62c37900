// sealed_widget.js: an assignment in a notebook, where Python keeps the answers and writes the file
export default {
  render({ model, el }) {
    el.innerHTML = model.get("markup");
    // A key pressed in an answer is meant for the answer; JupyterLab would take "b" or "d d" for itself.
    el.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
    let ours = false; // a change made here needs no redrawing
    const store = {
      lasting: true,
      damaged: 0,
      read: (id) => model.get("kept")[id] ?? null,
      write: (id, record) => {
        ours = true;
        model.set("kept", { ...model.get("kept"), [id]: record });
        model.save_changes();
        ours = false;
      },
    };
    const { restore, ended } = bringAssignmentToLife(el.querySelector(".sealed"), store, (handed, file) => {
      model.set("handed_in", { ...handed, file });
      model.save_changes();
    });
    const listen = () => ours || restore();
    const tell = () => { el.querySelector(".sealed-file").textContent = model.get("said"); };
    model.on("change:kept", listen);
    model.on("change:said", tell);
    return () => {
      model.off("change:kept", listen);
      model.off("change:said", tell);
      ended();
    };
  },
};
