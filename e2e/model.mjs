// What runs in each page of the random runs. It is one function, for it goes to
// the page as text.

/** inPage puts a clock that is set by hand and window.model into a page. */
export function inPage() {
  let now = Date.now();
  window.Date = class extends Date {
    constructor(...args) {
      if (args.length > 0) super(...args);
      else super(now);
    }
    static now() { return now; }
  };

  const rows = new Map(); // the list as the events alone tell it
  const handed = []; // the done functions of messages to send
  let posts = [];
  const account = {}; // who logs in

  const keyOf = (conv) => `${conv.conv_type}:${conv.conv_id}`;
  const replay = (event, json) => {
    for (const conv of JSON.parse(json || "[]")) {
      if (event === 1) rows.delete(keyOf(conv));
      else rows.set(keyOf(conv), conv);
    }
  };
  const callbacks = new Map();
  const callback = (name) => {
    if (!callbacks.has(name)) {
      callbacks.set(name, (...args) => {
        posts.push([name, ...args.filter((arg) => typeof arg === "string" || typeof arg === "number")]);
        if (name === "event") replay(args[0], args[1]);
        if (name === "send") handed.push(args[1]);
      });
    }
    return callbacks.get(name);
  };
  const make = (step) => {
    now = step.now ?? now;
    const args = (step.args ?? []).map((arg) => arg?.callback ? callback(arg.callback) : arg);
    if (step.call === "done") {
      handed[args[0]](...args.slice(1));
      return 0;
    }
    return TIM[step.call](...args) ?? 0;
  };
  /** answered calls an asynchronous function and resolves with its JSON. */
  const answered = (name, ...args) => new Promise((resolve, reject) => {
    const ret = TIM[name](...args, (code, desc, json) => code === 0 ? resolve(json) : reject(new Error(`${name}: ${code} ${desc}`)), null);
    if (ret !== 0) reject(new Error(`${name} returned ${ret}`));
  });
  const taken = () => {
    const all = posts;
    posts = [];
    return all;
  };

  const order = (v) => { // for comparing: members by key
    if (Array.isArray(v)) return v.map(order);
    if (v === null || typeof v !== "object") return v;
    return Object.fromEntries(Object.keys(v).sort().map((key) => [key, order(v[key])]));
  };
  const parse = (text) => { try { return JSON.parse(text); } catch { return undefined; } };
  const same = (got, want, { subset, anyOrder } = {}) => {
    if (got === want || want === "*" && typeof got === "string") return true;
    let [g, w] = [parse(got), parse(want)];
    if (g === undefined || w === undefined || typeof w !== "object") return false;
    if (subset) g = Object.fromEntries(Object.keys(w).map((key) => [key, g[key]]));
    if (anyOrder) for (const list of [g, w]) list.sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
    return JSON.stringify(order(g)) === JSON.stringify(order(w));
  };
  const difference = (what, got, want, subset) => {
    for (let i = 0; i < Math.max(got.length, want.length); i++) {
      const [g, w] = [got[i], want[i]];
      const equal = g && w && g.length === w.length && w.every((arg, n) => same(g[n], arg, { subset, anyOrder: g[0] === "event" }));
      if (!equal) return `${what}: post ${i + 1} of ${got.length}, ${want.length} wanted\n got ${g?.join(" ")}\nwant ${w?.join(" ")}`;
    }
    return "";
  };
  const told = () => [...rows.values()].sort((a, b) => b.conv_active_time - a.conv_active_time || (keyOf(a) < keyOf(b) ? -1 : 1));

  window.model = {
    /** open makes the calls that every tab begins with. */
    async open(opening, at) {
      now = at;
      for (const step of opening) {
        if (step.call === "TIMInit") account.sdkAppID = step.args[0];
        if (step.call === "TIMLogin") account.userID = step.args[0];
        make({ ...step, now: at });
      }
      replay(0, await answered("TIMConvGetConvList"));
      taken();
    },
    /** catchUp reads what other tabs have committed: a writer does. */
    async catchUp() {
      await answered("TIMRecvNewMsg", "[]");
      taken();
    },
    /**
     * run makes calls, and waits after those that come with the list's order. It
     * resolves with how all that comes of them differs from what was wanted, ""
     * where it does not.
     */
    async run(list) {
      let what = "", want = [];
      for (const { step, order } of list) {
        const waits = step.call === "done" || step.call === "TIMMsgCancelSend";
        if (waits) await answered("TIMConvGetConvList"); // until the message has been handed over
        what += `\n${step.call} ${JSON.stringify(step.args)}`;
        const ret = make(step);
        if (ret !== step.ret) return `${what} returned ${ret}, want ${step.ret}`;
        want.push(...step.posts ?? []);
        if (!order) continue;
        const json = await answered("TIMConvGetConvList");
        const names = JSON.parse(json).map((conv) => (conv.conv_type === 1 ? "c2c_" : "group_") + conv.conv_id);
        const wrong = difference(what, taken(), want) ||
          difference(`${what}\nlist by events`, [["list", JSON.stringify(told())]], [["list", json]]) ||
          difference(`${what}\norder`, [["order", ...names]], [["order", ...order]]);
        if (wrong) return wrong;
        [what, want] = ["", []];
      }
      return "";
    },
    /** look compares everything that can be asked for, and what can be read without the module. */
    async look({ list, ask }) {
      await this.catchUp();
      for (const step of ask) make({ ...step, now });
      const json = await answered("TIMConvGetConvList");
      const got = taken();
      if (got.length !== ask.length) return `${got.length} answers, ${ask.length} wanted`;
      for (const [i, step] of ask.entries()) {
        const wrong = difference(`${step.call} ${JSON.stringify(step.args)}`, [got[i]], step.posts, step.subset);
        if (wrong) return wrong;
      }
      const { firstList } = await import(`${location.origin}/tim.js`); // WebKit resolves nothing here
      const [first, same] = [await firstList(account), JSON.parse(json)];
      for (let i = 0; i < Math.max(first?.length ?? 0, same.length); i++) {
        const [got, want] = [first?.[i], same[i]].map((row) => JSON.stringify(Object.entries(row ?? {}).sort()));
        if (got !== want) return `row ${i} of the first list\n got ${got}\nwant ${want}`;
      }
      return difference("list", [["list", json]], [["list", list]]) ||
        difference("list by events", [["list", JSON.stringify(told())]], [["list", list]]);
    },
  };
}
