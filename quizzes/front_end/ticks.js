// ticks.js: how far the reader has come, beside each chapter's name in the page's lists of contents
const known = KNOWN;
const top = new URL("..", document.currentScript.src);

const isChecked = (text) => {
  try {
    return JSON.parse(text).checked;
  } catch {
    return false; // what can't be read is no answer
  }
};

// Questions, each once: one that a test asks too is kept as "id:test" beside "id".
function answered(bank) {
  const prefix = `quizzes:${known.book}:${bank}/`;
  try {
    const entries = Object.entries(localStorage).filter(([key, text]) => key.startsWith(prefix) && isChecked(text));
    return new Set(entries.map(([key]) => key.slice(prefix.length).split(":")[0])).size;
  } catch {
    return 0; // nothing is kept here
  }
}

function tick() {
  for (const [bank, questions, page] of known.banks) {
    const count = Math.min(answered(bank), questions);
    const address = new URL(page, top).href;
    for (const link of document.querySelectorAll("nav li > a[href]")) {
      if (link.hash || link.href.replace(/#$/, "") !== address) continue;
      link.querySelector(".quiz-tick")?.remove();
      if (!count) continue;
      const said = known.said.replace("{answered}", count).replace("{questions}", questions);
      const sign = Object.assign(document.createElement("span"), { className: "quiz-tick", title: said });
      sign.textContent = count === questions ? "✓" : `${count}/${questions}`;
      sign.setAttribute("role", "img");
      sign.setAttribute("aria-label", said);
      link.append(sign);
    }
  }
}
tick();
addEventListener("storage", tick);
addEventListener("pageshow", tick);
document.addEventListener("quiz:answer", () => setTimeout(tick)); // after it is stored
