// The switch that takes this tab off the demo's network.
import { byId, setText } from "./dom.js";

export class Offline {
  constructor(transport) {
    const input = byId("offline");
    input.addEventListener("change", () => {
      transport.offline = input.checked;
      document.body.classList.toggle("offline", input.checked);
      setText(byId("offline-note"), input.checked ? "Offline: what you send fails." : "");
    });
  }
}
