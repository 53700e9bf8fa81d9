// What a batch function says when it fails, in one line.
import { toast } from "./dom.js";

/** told says in passing why something failed, and returns whether it went well. */
export function told(what, code, desc, json = "") {
  if (code === 0) return true;
  const bad = json === "" ? undefined : JSON.parse(json).find((r) => r.conversation_operation_result_result_code !== 0);
  toast(`${what} failed: ${bad?.conversation_operation_result_result_info ?? desc} (${code})`);
  return false;
}
