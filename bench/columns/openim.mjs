// OpenIM's client, for reading only: what arrives comes from its server alone, so
// its table of conversations is filled through the functions that its core uses.
// A login succeeds offline; the connection is then tried again and again.
import { getSDK } from "@openim/wasm-client-sdk";
import { convKey, keyOf, seededRows } from "../rules.mjs";
import { inBatches } from "./idb.mjs";

/** open starts the client and logs in. */
export async function open() {
  await import(/* not bundled */ `${location.origin}/openim-wasm_exec.js`);
  const sdk = getSDK({ coreWasmPath: "/openIM.wasm", sqlWasmPath: "/sql-wasm.wasm", debug: false });
  await sdk.login({
    userID: "bench", token: "none", platformID: 5, apiAddr: location.origin, wsAddr: location.origin.replace("http", "ws"), isLogStandardOutput: false,
  });
  return new Store(sdk);
}

/** conversationOf makes a row of OpenIM's table; the message stays JSON text. */
function conversationOf(row) {
  return {
    conversationID: keyOf(row), conversationType: row.conv_type === 2 ? 3 : 1,
    userID: row.conv_type === 2 ? "" : row.conv_id, groupID: row.conv_type === 2 ? row.conv_id : "",
    showName: row.conv_show_name, faceURL: row.conv_face_url, recvMsgOpt: 0, unreadCount: row.conv_unread_num, groupAtType: 0,
    latestMsg: JSON.stringify(row.conv_last_msg), latestMsgSendTime: row.conv_last_msg.message_server_time * 1000,
    draftText: row.conv_is_has_draft ? row.conv_draft.draft_msg.message_elem_array[0].text_elem_content : "",
    draftTextTime: row.conv_is_has_draft ? row.conv_active_time % 2 ** 52 : 0, isPinned: row.conv_is_pinned ? 1 : 0,
    isPrivateChat: 0, isNotInGroup: 0, attachedInfo: "", ex: "", maxSeq: 0, minSeq: 0, hasReadSeq: 0,
  };
}

class Store {
  #sdk;

  constructor(sdk) {
    this.#sdk = sdk;
  }

  async seed(data) {
    await inBatches(seededRows(data), 500, (some) => globalThis.batchInsertConversationList(JSON.stringify(some.map(conversationOf))));
  }

  async list() {
    return (await this.#sdk.getAllConversationList()).data;
  }

  objects(list) {
    return list;
  }

  text(list) {
    return JSON.stringify(list);
  }

  /** asConvInfo makes comparable rows of OpenIM's. */
  asConvInfo(list) {
    return list.map((c) => ({
      conv_id: c.groupID || c.userID, conv_type: c.conversationType === 3 ? 2 : 1, conv_unread_num: c.unreadCount, conv_is_pinned: c.isPinned,
      conv_show_name: c.showName, conv_is_has_draft: c.draftText !== "", conv_last_msg: JSON.parse(c.latestMsg),
    }));
  }

  async first(count) {
    return (await this.#sdk.getConversationListSplit({ offset: 0, count })).data;
  }

  async unread() {
    return Number((await this.#sdk.getTotalUnreadMsgCount()).data);
  }

  async byIDs(ids) {
    const keys = ids.map(({ id, type }) => convKey(type, id));
    const found = new Map((await this.#sdk.getMultipleConversation(keys)).data.map((c) => [c.conversationID, c]));
    return keys.map((key) => found.get(key));
  }
}
