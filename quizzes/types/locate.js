// locate.js: pick places on a map, which moves the inputs of the list beside it
function showOnMap(form) {
  const map = form.querySelector(".quiz-map");
  const hatch = `url(#${map.querySelector("pattern").id})`;
  for (const box of form.querySelectorAll("input")) {
    const shape = map.querySelector(`path[data-place="${box.value}"]`);
    shape.toggleAttribute("data-picked", box.checked);
    shape.style.fill = box.checked ? hatch : "";
    if (box.checked) shape.parentNode.append(shape); // its outline above its neighbours
  }
}

register("locate", {
  ...picking,
  write: (form, answer) => {
    picking.write(form, answer);
    showOnMap(form);
  },
  start: (form) => {
    form.addEventListener("input", () => showOnMap(form));
    form.querySelector(".quiz-map").addEventListener("click", (event) => {
      const place = event.target.closest("[data-place]")?.dataset.place;
      const box = place && form.querySelector(`input[value="${place}"]`);
      if (!box) return;
      box.click();
      box.focus({ preventScroll: true });
    });
  },
});
