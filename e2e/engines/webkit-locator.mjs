// Finding elements in a page of WebKitGTK and acting on them, with those methods of
// Playwright's Locator that tests use. Clicks and keys are real events of the window.

const patience = 30000;
const keys = { Enter: "Return", ArrowUp: "Up", ArrowDown: "Down", ArrowLeft: "Left", ArrowRight: "Right", PageUp: "Page_Up", PageDown: "Page_Down" };

/** isSeen tells, in the page, whether an element is rendered. */
function isSeen(element) {
  return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
}

/** find returns, in the page, the elements that steps lead to. */
function find(steps, root = document) {
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  let found = [root];
  for (const { select, text, pattern, has, also, at } of steps) {
    if (select !== undefined) {
      const all = new Set(found.flatMap((node) => [...node.querySelectorAll(select.replace(/:visible$/, ""))]));
      found = select.endsWith(":visible") ? [...all].filter(isSeen) : [...all];
    } else if (text !== undefined) {
      found = found.filter((element) => words(element).toLowerCase().includes(text.toLowerCase()));
    } else if (pattern !== undefined) {
      found = found.filter((element) => new RegExp(pattern).test(words(element)));
    } else if (has !== undefined) {
      found = found.filter((element) => find(has, element).length > 0);
    } else if (also !== undefined) {
      const others = new Set(find(also));
      found = found.filter((element) => others.has(element));
    } else {
      found = found.slice(at, at + 1 || undefined);
    }
  }
  return found;
}

/** place returns where an element can be clicked, or why it cannot be. */
function place(element) {
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
  const { x, y, width, height } = element.getBoundingClientRect();
  const [left, top] = [Math.floor(x + width / 2), Math.floor(y + height / 2)];
  const hit = document.elementFromPoint(left, top);
  if (width === 0 || hit === null || !element.contains(hit) && element.control !== hit) return { covered: hit?.outerHTML.slice(0, 100) ?? "nothing" };
  if (element.getAnimations({ subtree: false }).some(({ playState }) => playState === "running")) return { covered: "its animation" };
  return { x: left, y: top };
}

/** A Locator finds its elements anew whenever it is asked. */
export class Locator {
  #page;
  #steps;

  constructor(page, steps) {
    this.#page = page;
    this.#steps = steps;
  }

  #with(...steps) { return new Locator(this.#page, [...this.#steps, ...steps]); }
  locator(select, narrower) { return this.#with({ select }).filter(narrower); }
  nth(at) { return this.#with({ at }); }
  first() { return this.nth(0); }
  last() { return this.nth(-1); }

  filter({ hasText, has } = {}) {
    let narrowed = this;
    if (hasText instanceof RegExp) narrowed = narrowed.#with({ pattern: hasText.source });
    else if (hasText !== undefined) narrowed = narrowed.#with({ text: hasText });
    return has === undefined ? narrowed : narrowed.#with({ has: has.#steps });
  }

  and(other) { return this.#with({ also: other.#steps }); }

  /** evaluateAll calls fn in the page with all elements. */
  evaluateAll(fn, arg) {
    return this.#page.evaluateSource(`((steps, arg) => { ${isSeen} ${find} return (${fn})(find(steps), arg); })(...args)`, [this.#steps, arg]);
  }

  /** evaluate waits for the element and calls fn in the page with it. */
  async evaluate(fn, arg) {
    await this.waitFor({ state: "attached" });
    return this.evaluateAll(`(all, arg) => (${fn})(all[0], arg)`, arg);
  }

  async waitFor({ state = "visible", timeout = patience } = {}) {
    const end = Date.now() + timeout;
    for (; ;) {
      const { count, visible } = await this.evaluateAll((all) => ({ count: all.length, visible: all.some(isSeen) }));
      if ({ attached: count > 0, detached: count === 0, visible, hidden: !visible }[state]) return;
      if (Date.now() > end) throw new Error(`not ${state} within ${timeout} ms: ${JSON.stringify(this.#steps)}`);
      await this.#page.waitForTimeout(20);
    }
  }

  count() { return this.evaluateAll((all) => all.length); }
  allTextContents() { return this.evaluateAll((all) => all.map(({ textContent }) => textContent)); }
  isVisible() { return this.evaluateAll((all) => all.some(isSeen)); }
  async isHidden() { return !await this.isVisible(); }
  isChecked() { return this.evaluate(({ checked }) => checked); }
  isDisabled() { return this.evaluate(({ disabled }) => disabled); }
  textContent() { return this.evaluate(({ textContent }) => textContent); }
  inputValue() { return this.evaluate(({ value }) => value); }
  getAttribute(name) { return this.evaluate((element, name) => element.getAttribute(name), name); }
  focus() { return this.evaluate((element) => element.focus()); }
  /** check is with force alone: the boxes of the page lie under what is seen. */
  check() { return this.evaluate((element) => { if (!element.checked) element.click(); }); }

  boundingBox() {
    return this.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    });
  }

  /** fill replaces the value, as one input of the user. */
  async fill(value) {
    await this.waitFor();
    await this.evaluate((element, value) => {
      element.focus();
      const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value");
      own.set.call(element, value);
      element.dispatchEvent(new InputEvent("input", { bubbles: true }));
      element.dispatchEvent(new Event("change", { bubbles: true }));
    }, value);
  }

  async pressSequentially(text) {
    await this.focus();
    for (const character of text) await this.evaluate((_, character) => { document.execCommand("insertText", false, character); }, character);
  }

  async selectOption({ label }) {
    await this.evaluate((select, label) => {
      select.value = [...select.options].find((option) => option.label === label).value;
      for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, { bubbles: true }));
    }, label);
  }

  async setInputFiles({ name, mimeType, buffer }) {
    await this.evaluate((input, [name, type, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type }));
      input.files = data.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }, [name, mimeType, buffer.toString("utf8")]);
  }

  /** click presses the mouse in the element's middle once nothing covers it. */
  async click({ button = "left" } = {}) {
    const point = await this.#point();
    await settled(this.#page, button === "left" ? "click" : "contextmenu", () => this.#page.ask("click", { ...point, button: button === "left" ? 1 : 3 }));
  }

  async hover() {
    await this.#page.ask("hover", await this.#point());
  }

  async press(key) {
    await this.focus();
    await press(this.#page, key);
  }

  async #point() {
    await this.waitFor();
    for (const end = Date.now() + patience; ;) {
      const point = await this.evaluate(place);
      if (point.x !== undefined) return point;
      if (Date.now() > end) throw new Error(`covered by ${point.covered}: ${JSON.stringify(this.#steps)}`);
      await this.#page.waitForTimeout(20);
    }
  }
}

/** press presses a key where the focus is. */
export function press(page, key) {
  return settled(page, "keyup", () => page.ask("press", { key: keys[key] ?? key }));
}

/** settled does something and waits until the page has got the event that it ends with. */
async function settled(page, type, act) {
  await page.evaluate((type) => {
    const heard = Symbol.for("engine.heard");
    globalThis[heard] = false;
    addEventListener(type, () => setTimeout(() => { globalThis[heard] = true; }), { capture: true, once: true });
  }, type);
  await act();
  await page.waitForFunction(() => globalThis[Symbol.for("engine.heard")] !== false); // undefined: the page has been left
}
