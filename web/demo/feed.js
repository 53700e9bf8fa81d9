// The feed panel: puts in what a server would have brought.
import { byId, el, setText, toast } from "./dom.js";
import { feedSample } from "./samples.js";
import { call } from "./tim-client.js";

const shown = 50; // refused items listed

/**
 * feedText feeds JSON text: a Message array, or a ConvInfo array, which it knows
 * by its first item. The result is {code, desc, taken, refused}.
 */
export async function feedText(json) {
  let items;
  try {
    items = JSON.parse(json); // only to count and to tell which; the text itself goes in
  } catch (err) {
    return { code: -3, desc: err.message, taken: 0, refused: [] };
  }
  const isConv = items?.[0]?.conv_id !== undefined && items[0].message_elem_array === undefined;
  const { code, desc, json: answer } = await call(isConv ? "TIMRecvConvUpdate" : "TIMRecvNewMsg", json);
  const refused = answer === "" ? [] : JSON.parse(answer);
  const taken = code === 0 && Array.isArray(items) ? items.length - refused.length : 0;
  return { code, desc, taken, refused };
}

/** showResult tells in the panel, and where it is closed in passing, how it went. */
function showResult(what, { code, desc, taken, refused }) {
  const box = byId("feed-result");
  const line = code !== 0 && taken === 0
    ? `${what}: refused with code ${code}, ${desc}`
    : `${what}: ${taken.toLocaleString("en")} taken${refused.length > 0 ? `, ${refused.length} refused` : ""}`;
  box.hidden = false;
  box.classList.toggle("bad", code !== 0);
  setText(box.firstElementChild, line);
  const items = refused.slice(0, shown).map((r) => el("li", "", `item ${r.index}: ${r.info} (${r.code})`));
  if (refused.length > shown) items.push(el("li", "", `and ${refused.length - shown} more`));
  box.lastElementChild.replaceChildren(...items);
  if (byId("feed").hidden) toast(line);
}

/** Feed wires the panel. */
export class Feed {
  #panel = byId("feed");
  #button = byId("feed-open");

  constructor() {
    this.#button.addEventListener("click", () => this.toggle());
    byId("feed-close").addEventListener("click", () => this.toggle());
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.toggle();
    });
    for (const button of document.querySelectorAll("[data-sample]")) {
      button.addEventListener("click", () => this.#busy(button, () => this.sample(button.dataset.sample)));
    }
    const send = byId("feed-send");
    send.addEventListener("click", () => this.#busy(send, () => this.text(byId("feed-text").value, "Pasted JSON")));
    this.#files();
    this.#drops();
  }

  toggle() {
    const open = this.#panel.hidden;
    this.#panel.hidden = !open;
    this.#button.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("with-feed", open);
    (open ? byId("feed-close") : this.#button).focus();
  }

  /** sample feeds one of the samples; quiet tells only what went wrong. */
  async sample(name, { quiet = false } = {}) {
    let result;
    try {
      result = await feedSample(name, feedText);
    } catch (err) {
      result = { code: -1, desc: err.message, taken: 0, refused: [] };
    }
    if (!quiet || result.code !== 0) showResult("Sample", result);
  }

  async text(json, what) {
    showResult(what, await feedText(json));
  }

  async #busy(button, work) {
    button.disabled = true;
    await work();
    button.disabled = false;
  }

  async #take(files) {
    for (const file of files) await this.text(await file.text(), file.name);
  }

  #files() {
    const input = byId("feed-file");
    byId("feed-choose").addEventListener("click", () => input.click());
    input.addEventListener("change", async () => {
      await this.#take([...input.files]);
      input.value = "";
    });
  }

  #drops() {
    const hint = byId("drop-hint");
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    addEventListener("dragover", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      hint.hidden = false;
    });
    addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) hint.hidden = true;
    });
    addEventListener("drop", (event) => {
      hint.hidden = true;
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.#take([...event.dataTransfer.files]);
    });
  }
}
