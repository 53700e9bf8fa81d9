// The few ways in which this page makes and fills elements. Text goes in as
// text: nothing here reads markup.

export const byId = (id) => document.getElementById(id);

/** el makes an element; children are elements or texts, null is left out. */
export function el(tag, className = "", ...children) {
  const node = document.createElement(tag);
  if (className !== "") node.className = className;
  for (const child of children) if (child !== null) node.append(child);
  return node;
}

/** icon makes a picture out of the page's sprite. */
export function icon(name, className = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  if (className !== "") svg.setAttribute("class", className);
  svg.append(use);
  return svg;
}

/** setText writes only where something changes, which spares a layout. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** fillFacts fills a <dl> with pairs of a name and a text. */
export function fillFacts(list, pairs) {
  list.replaceChildren(...pairs.map(([name, text]) => {
    const value = el("dd", "", String(text));
    value.dir = "auto";
    return el("div", "", el("dt", "", name), value);
  }));
}

let toastTimer = 0;

/** toast tells something in passing. */
export function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 5000);
}

/** stored and remember use a storage that may be forbidden. */
export function stored(storage, key) {
  try {
    return globalThis[storage].getItem(key);
  } catch {
    return null;
  }
}

export function remember(storage, key, value) {
  try {
    if (value === null) globalThis[storage].removeItem(key);
    else globalThis[storage].setItem(key, value);
  } catch { /* then it is not remembered */ }
}
