// The dialogs: each is a promise of what was decided.
import { titleOf } from "./format.js";
import { byId, el } from "./dom.js";

const waiting = new Map(); // dialog -> how it is told what the time it is open ends with

/**
 * ask opens a dialog and resolves with the value it was closed by. The event of its
 * closing comes later, maybe when it is open again.
 */
function ask(dialog) {
  waiting.get(dialog)?.(dialog.returnValue);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => waiting.set(dialog, resolve));
}

/** confirmDelete resolves with true where the conversation is to go. */
export async function confirmDelete(name) {
  byId("confirm-text").textContent = `“${name}” goes with its messages, in every tab. This cannot be undone.`;
  return await ask(byId("confirm")) === "yes";
}

/** askNew resolves with {id, type}, or null. */
export async function askNew() {
  const dialog = byId("create");
  const input = byId("create-id");
  input.value = "";
  if (await ask(dialog) !== "yes") return null;
  const type = Number(dialog.querySelector("input[name=create-type]:checked").value);
  return { id: input.value.trim(), type };
}

/** askAccount resolves with {what: "login" | "logout" | "local" | "tab" | "", user}. */
export async function askAccount(user) {
  const input = byId("account-id");
  input.value = user;
  byId("account-out").disabled = user === "";
  const what = await ask(byId("account"));
  return { what, user: input.value.trim() };
}

/** askGroup resolves with {name, conv} of a new group, or null. */
export async function askGroup(candidates) {
  const name = byId("group-name");
  const first = byId("group-first");
  name.value = "";
  first.replaceChildren(...candidates.map((conv) => el("option", "", titleOf(conv))));
  first.selectedIndex = 0;
  if (await ask(byId("group-create")) !== "yes" || name.value.trim() === "") return null;
  return { name: name.value.trim(), conv: candidates[first.selectedIndex] };
}

/** askGroupChange resolves with {what: "rename" | "delete" | "", name}. */
export async function askGroupChange(before) {
  const name = byId("group-rename");
  name.value = before;
  name.select();
  const what = await ask(byId("group-change"));
  return { what, name: name.value.trim() };
}

for (const button of document.querySelectorAll("dialog [data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close(button.dataset.close));
}
for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("close", () => {
    if (!dialog.open) waiting.get(dialog)?.(dialog.returnValue);
  });
  // A click on the backdrop lands on the dialog itself.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close("");
  });
}
