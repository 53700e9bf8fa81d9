// How storage is: the pill beside the name, and the facts in the feed panel.
import { byId, fillFacts, setText } from "./dom.js";
import { on, storageStatus, version } from "./tim-client.js";

const meanings = {
  opening: "The database is being opened.",
  ready: "Everything is kept in this browser.",
  blocked: "Another tab holds the database; calls wait.",
  readonly: "Reading works, writing does not.",
  memory: "No storage here: all is gone when the tab closes.",
  closed: "No account is open.",
  recovering: "The database is being opened again.",
};

/** watchStorage shows the status and follows it. */
export function watchStorage() {
  on("TIMSetStorageStatusCallback", (json) => show(JSON.parse(json)));
  show(storageStatus());
}

function show({ state, reason, quarantined }) {
  const pill = byId("storage");
  pill.dataset.state = state;
  setText(pill, state);
  pill.title = `Storage: ${state}. ${meanings[state] ?? ""} ${reason}`.trim();
  const facts = [["State", state], ["Meaning", meanings[state] ?? "–"], ["Module", `timconv ${version()}`]];
  if (reason !== "") facts.push(["Reason", reason]);
  if (quarantined > 0) facts.push(["Set aside", `${quarantined} records that could not be read`]);
  fillFacts(byId("storage-facts"), facts);
}
