// All of the page's calls go through here: promises around TIM's callbacks.
import { loadTIM } from "../tim.js";
import { typeAndId } from "./keys.js";

let TIM = null;

/** load loads the module; before it, nothing else here may be used. */
export async function load(options) {
  TIM = await loadTIM(options);
  return TIM;
}

const refusals = new Map([
  [-1, "not initialised"], [-2, "not logged in"], [-3, "not the JSON it should be"],
  [-4, "a parameter is wrong"], [-5, "no such kind of conversation id"],
]);

/**
 * call calls an asynchronous function of TIM with these arguments, the callback
 * and user_data left out. It never rejects: code is 0, an error code, or what
 * the function returned where it was not accepted.
 */
export function call(name, ...args) {
  return new Promise((resolve) => {
    const ret = TIM[name](...args, (code, desc, json) => resolve({ code, desc, json }), null);
    if (ret !== 0) resolve({ code: ret, desc: refusals.get(ret) ?? "refused", json: "" });
  });
}

/** info asks for a conversation by its key, undefined where there is none. */
export async function info(key) {
  const [type, id] = typeAndId(key);
  const { code, json } = await call("TIMConvGetConvInfo", JSON.stringify([{ get_conversation_list_param_conv_id: id, get_conversation_list_param_conv_type: type }]));
  return code === 0 ? JSON.parse(json)[0] : undefined;
}

/** callNow calls a function that has no callback and returns what it returns. */
export function callNow(name, ...args) {
  return TIM[name](...args);
}

/** on registers a callback; the slot is single, the last one counts. */
export function on(name, fn) {
  TIM[name](fn, null);
}

export const eventTypes = () => TIM.TIMConvEvent;
export const storageStatus = () => TIM.status;
export const loginUserID = () => TIM.loginUserID;
export const version = () => TIM.version;
