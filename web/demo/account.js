// Who is logged in. Without anything remembered the page logs in as the person
// whose messages the sample holds, so that mentions of her are mentions of "me".
import { showAvatar } from "./avatar.js";
import { askAccount } from "./dialogs.js";
import { byId, remember, setText, stored, toast } from "./dom.js";
import { call, loginUserID } from "./tim-client.js";

const key = "timconv-demo-user"; // "" stands for the account without a login
const sampleUser = "linxia";

const asked = () => new URLSearchParams(location.search).get("user");

export class Account {
  #changed;

  /** changed() is called after a change of account. */
  constructor(changed) {
    this.#changed = changed;
    byId("account-open").addEventListener("click", () => this.#ask());
  }

  /** expected is who begin logs in: as the address says (?user=ann), as this tab was left, or the last one, or as the sample's user. */
  expected() {
    return asked() ?? stored("sessionStorage", key) ?? stored("localStorage", key) ?? sampleUser;
  }

  async begin() {
    const user = this.expected();
    if (asked() !== null) {
      remember("sessionStorage", key, user);
      history.replaceState(history.state, "", location.pathname);
    }
    if (user !== "") await this.#login(user);
    this.#show();
  }

  async #ask() {
    const { what, user } = await askAccount(loginUserID());
    if (what === "login" && user !== "" && user !== loginUserID()) {
      if (await this.#login(user)) this.#keep(user);
    } else if (what === "logout") {
      const { code, desc } = await call("TIMLogout");
      if (code !== 0) toast(`Logging out failed: ${desc} (${code})`);
    } else if (what === "local") {
      // The life cycle that TIMLogin began has no way back but a new page.
      this.#keep("");
      location.reload();
      return;
    } else if (what === "tab" && user !== "") {
      // Without an opener it gets a sessionStorage of its own.
      open(`${location.pathname}?user=${encodeURIComponent(user)}`, "_blank", "noopener");
      return;
    } else {
      return;
    }
    this.#show();
    this.#changed();
  }

  async #login(user) {
    const { code, desc } = await call("TIMLogin", user, "");
    if (code !== 0) toast(`Logging in as ${user} failed: ${desc} (${code})`);
    return code === 0;
  }

  #keep(user) {
    remember("sessionStorage", key, user);
    remember("localStorage", key, user);
  }

  #show() {
    const user = loginUserID();
    const local = stored("sessionStorage", key) === "";
    const name = user !== "" ? user : local ? "This browser" : "Logged out";
    setText(byId("account-name"), name);
    showAvatar(byId("account-avatar"), { id: name, name, face: "", isGroup: false });
    byId("account-open").title = `Account: ${name}`;
  }
}
