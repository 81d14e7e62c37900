// mark_text.js: mark passages of a text; picking stands in hotspot.js
register("mark-text", {
  ...picking,
  labels: (form) => picking.labels(form).map((text) => {
    const words = text.split(" ");
    return words.length > 6 ? `${words.slice(0, 5).join(" ")} …` : text; // enough to find the passage again
  }),
});
