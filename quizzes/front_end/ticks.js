// ticks.js: how far the reader has come, beside each chapter's name in the page's lists of contents
const known = KNOWN;
const top = new URL("..", document.currentScript.src);

function answered(bank) {
  const prefix = `quizzes:${known.book}:${bank}/`;
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix) && JSON.parse(localStorage.getItem(key)).checked).length;
  } catch {
    return 0; // nothing is kept here, or what is kept can't be read
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
