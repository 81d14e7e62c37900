// sealed_page.js: an assignment as a page of its own, from disk, with no network
function bringSealedPageToLife() {
  const root = document.querySelector(".sealed");
  const { assignment, due } = root.dataset;
  const store = browserStore(`assignment-${assignment}`, "answers");
  const { restore, unsaved } = bringAssignmentToLife(root, store, (handed, file) => download(file, JSON.stringify(handed, null, 1)));
  const ours = `${store.root}answers/`;
  addEventListener("storage", ({ key }) => key?.startsWith(ours) && restore(key.slice(ours.length))); // another tab
  addEventListener("beforeunload", (event) => unsaved() && event.preventDefault());
  const late = root.querySelector(".sealed-late");
  const look = () => {
    late.hidden = Date.now() < Date.parse(due);
  };
  if (late) look();
  if (late) setInterval(look, 30_000);
}

bringSealedPageToLife();
