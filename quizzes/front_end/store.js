// store.js: a reader's answers in this browser, one entry a question, so that two tabs do not overwrite each other
function browserStore(book, bank) {
  const root = `quizzes:${book}:`;
  const damagedRoot = `${root}damaged:`;
  const memory = new Map(); // where the browser keeps nothing
  const store = { damaged: 0, lasting: true };

  function attempt(act, otherwise) {
    try {
      return act(localStorage);
    } catch {
      store.lasting = false;
      return otherwise();
    }
  }
  const get = (key) => memory.get(key) ?? attempt((kept) => kept.getItem(key), () => null); // memory is the newer
  const remove = (key) => {
    memory.delete(key);
    attempt((kept) => kept.removeItem(key), () => null);
  };
  const set = (key, text) => attempt((kept) => {
    kept.setItem(key, text);
    memory.delete(key);
    return true;
  }, () => {
    memory.set(key, text);
    return false;
  });

  function parse(text) {
    try {
      const record = JSON.parse(text);
      return typeof record.checked === "boolean" && "answer" in record ? record : null;
    } catch {
      return null;
    }
  }

  store.read = (id) => {
    const key = `${root}${bank}/${id}`;
    const text = get(key);
    if (text === null) return null;
    const record = parse(text);
    if (record) return record;
    if (set(`${damagedRoot}${bank}/${id}:${Date.now()}`, text)) remove(key); // with storage full it stays where it is
    store.damaged += 1;
    return null;
  };
  store.write = (id, record) => set(`${root}${bank}/${id}`, JSON.stringify({ ...record, at: new Date().toISOString() }));
  store.remove = (id) => remove(`${root}${bank}/${id}`);

  store.keys = () => [...new Set([...attempt((kept) => Object.keys(kept), () => []), ...memory.keys()])].filter((key) => key.startsWith(root));
  store.forget = (ids) => {
    store.damaged = 0;
    for (const key of store.keys()) {
      const name = key.replace(damagedRoot, root).slice(root.length);
      if (ids.some((id) => name === `${bank}/${id}` || name.startsWith(`${bank}/${id}:`))) remove(key);
    }
  };
  store.everything = () => {
    const answers = {};
    const damaged = {};
    for (const key of store.keys()) {
      if (key.startsWith(damagedRoot)) damaged[key.slice(damagedRoot.length)] = get(key);
      else answers[key.slice(root.length)] = parse(get(key)) ?? get(key);
    }
    return { format: "quizzes-answers", version: 1, book, saved: new Date().toISOString(), answers, damaged };
  };
  return store;
}
