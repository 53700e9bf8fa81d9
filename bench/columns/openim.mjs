// OpenIM's store without its core: the functions over SQLite in a worker that the SDK
// puts on the window for the core to call, with the durability that they have. The core,
// 37 MB, takes messages from OpenIM's server alone, and with 10,000 conversations its
// login does not end without one.
import { getSDK } from "@openim/wasm-client-sdk";
import { convKey, keyOf, received, seededRows } from "../rules.mjs";
import { Queue, inBatches } from "./idb.mjs";

const notFound = 10002;

/** ask calls a function of the store; what it answers is JSON, lists are so once more. */
async function ask(name, ...given) {
  const { data, errCode, errMsg } = JSON.parse(await globalThis[name](...given));
  if (errCode !== 0 && errCode !== notFound) throw new Error(`OpenIM, ${name}: ${errCode} ${errMsg}`);
  return data;
}

const askList = async (name, ...given) => JSON.parse(await ask(name, ...given) || "[]");

/** open starts the worker and opens the database. */
export async function open() {
  globalThis.Go = class { // the core's runtime: it stays away
    importObject = {};

    run() {}
  };
  getSDK({ coreWasmPath: "/no-core.wasm", sqlWasmPath: "/sql-wasm.wasm", debug: false });
  await ask("initDB", "bench", "./");
  return new Store();
}

/** conversationOf makes a row of OpenIM's table; the message stays JSON text. */
function conversationOf(row) {
  const draft = row.conv_is_has_draft ? row.conv_draft.draft_msg.message_elem_array[0].text_elem_content : "";
  return {
    conversationID: keyOf(row), conversationType: row.conv_type === 2 ? 3 : 1,
    userID: row.conv_type === 2 ? "" : row.conv_id, groupID: row.conv_type === 2 ? row.conv_id : "",
    showName: row.conv_show_name, faceURL: row.conv_face_url, recvMsgOpt: 0, unreadCount: row.conv_unread_num, groupAtType: 0,
    latestMsg: JSON.stringify(row.conv_last_msg), latestMsgSendTime: row.conv_last_msg.message_server_time * 1000,
    draftText: draft, draftTextTime: draft === "" ? 0 : row.conv_active_time % 2 ** 52, isPinned: row.conv_is_pinned ? 1 : 0,
    isPrivateChat: 0, isNotInGroup: 0, attachedInfo: "", ex: "", maxSeq: 0, minSeq: 0, hasReadSeq: 0,
  };
}

/** rowOf makes a comparable row of OpenIM's. */
function rowOf(c) {
  const pin = c.isPinned ? 2 ** 52 : 0;
  return {
    conv_id: c.groupID || c.userID, conv_type: c.conversationType === 3 ? 2 : 1, conv_unread_num: c.unreadCount, conv_is_pinned: Boolean(c.isPinned),
    conv_show_name: c.showName, conv_face_url: c.faceURL, conv_last_msg: JSON.parse(c.latestMsg), conv_is_has_lastmsg: true,
    conv_active_time: Math.max(c.latestMsgSendTime, c.draftTextTime) + pin, conv_is_has_draft: c.draftText !== "",
    conv_draft: { draft_msg: { message_elem_array: [{ text_elem_content: c.draftText }] } },
  };
}

/** logOf makes a row of the table of a conversation's messages. */
function logOf(m) {
  return {
    clientMsgID: m.message_msg_id, serverMsgID: m.message_msg_id, sendID: m.message_sender, recvID: m.message_conv_id, sessionType: m.message_conv_type,
    msgFrom: 100, contentType: 101, content: JSON.stringify(m), isRead: 0, status: m.message_status, seq: m.message_seq,
    sendTime: m.message_server_time * 1000, createTime: m.message_client_time * 1000,
  };
}

class Store {
  #queue = new Queue((batches) => this.#commit(batches.flat()));

  async seed(data) {
    await inBatches(seededRows(data), 500, (some) => ask("batchInsertConversationList", JSON.stringify(some.map(conversationOf))));
  }

  list() {
    return askList("getAllConversationListDB");
  }

  objects(list) {
    return list;
  }

  text(list) {
    return JSON.stringify(list);
  }

  asConvInfo(list) {
    return list.map(rowOf);
  }

  first(count) {
    return askList("getConversationListSplitDB", 0, count);
  }

  unread() {
    return ask("getTotalUnreadMsgCountDB");
  }

  async byIDs(ids) {
    const found = await this.#conversations(ids.map(({ id, type }) => convKey(type, id)));
    return ids.map(({ id, type }) => found.get(convKey(type, id)));
  }

  async #conversations(keys) {
    return new Map((await askList("getMultipleConversationDB", JSON.stringify(keys))).map((c) => [c.conversationID, c]));
  }

  take(json) {
    return this.#queue.add(JSON.parse(json));
  }

  pin(id, type, on) {
    return ask("updateColumnsConversation", convKey(type, id), JSON.stringify({ isPinned: on }));
  }

  draft(id, type, json) {
    return ask("setConversationDraftDB", convKey(type, id), JSON.parse(json).draft_msg.message_elem_array[0].text_elem_content);
  }

  /** #commit does what the core does of messages: those not known into their tables, then the conversations. */
  async #commit(messages) {
    const arrived = Map.groupBy(messages, (m) => convKey(m.message_conv_type, m.message_conv_id));
    const before = await this.#conversations([...arrived.keys()]);
    const rows = { fresh: [], changed: [] };
    for (const [key, some] of arrived) {
      const known = new Set((await askList("getMessagesByClientMsgIDs", key, JSON.stringify(some.map((m) => m.message_msg_id)))).map((m) => m.clientMsgID));
      const added = [...new Map(some.map((m) => [m.message_msg_id, m])).values()].filter((m) => !known.has(m.message_msg_id));
      if (added.length === 0) continue;
      await ask("batchInsertMessageList", key, JSON.stringify(added.map(logOf)));
      const row = before.has(key) ? rowOf(before.get(key)) : undefined;
      (row === undefined ? rows.fresh : rows.changed).push(conversationOf(added.reduce(received, row)));
    }
    if (rows.fresh.length > 0) await ask("batchInsertConversationList", JSON.stringify(rows.fresh));
    if (rows.changed.length > 0) await ask("batchUpdateConversationList", JSON.stringify(rows.changed));
  }
}
