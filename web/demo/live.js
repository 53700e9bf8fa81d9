// The switch of the live traffic. By itself only one tab makes traffic, the one
// that holds the lock; a person may switch it on in any.
import { byId, remember, setText, stored } from "./dom.js";

const key = "timconv-demo-live"; // in sessionStorage: "on" or "off", per tab
const lockName = "timconv-demo-live";

/** rateOf turns the slider's 0…100 into 1…200 messages a second, finer below. */
export const rateOf = (position) => Math.max(1, Math.round(200 ** (position / 100)));

export class Live {
  #traffic;
  #input = byId("live");
  #slider = byId("live-rate");
  #release = null; // lets the lock go

  constructor(traffic) {
    this.#traffic = traffic;
    traffic.onRefused = () => this.#set(false);
    this.#input.addEventListener("change", () => {
      remember("sessionStorage", key, this.#input.checked ? "on" : "off");
      this.#set(this.#input.checked);
      this.#note("");
    });
    this.#slider.addEventListener("input", () => this.#rate());
    this.#rate();
  }

  /** begin starts as this tab was left; wanted is for a tab that is new. */
  async begin(wanted) {
    const left = stored("sessionStorage", key);
    if (left === null ? !wanted : left !== "on") return;
    if (!await this.#lock()) {
      this.#note("Another tab makes live traffic. This one can as well, if you switch it on.");
      return;
    }
    remember("sessionStorage", key, "on");
    this.#set(true);
  }

  #set(on) {
    this.#input.checked = on;
    if (on) {
      this.#traffic.start();
      if (this.#release === null) this.#lock();
      return;
    }
    this.#traffic.stop();
    this.#release?.();
    this.#release = null;
  }

  /** #lock resolves with whether this tab now holds the lock. */
  #lock() {
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      navigator.locks.request(lockName, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        if (lock === null) return undefined;
        return new Promise((release) => { this.#release = release; });
      }).catch(() => resolve(true)); // locks may be forbidden; then there is none
    });
  }

  #rate() {
    const rate = rateOf(Number(this.#slider.value));
    this.#traffic.perSecond = rate;
    setText(byId("live-rate-text"), rate === 1 ? "1 message/s" : `${rate} messages/s`);
    setText(byId("live-rate-short"), `${rate}/s`);
  }

  #note(text) {
    setText(byId("live-note"), text);
  }
}
