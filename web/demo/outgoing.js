// What one does to messages: send, send again, revoke, delete.
import { toast } from "./dom.js";
import { call, callNow, loginUserID } from "./tim-client.js";

export class Outgoing {
  reasons = new Map(); // message id -> why it was not sent
  onSettled = () => {}; // gets the conversation of a message that was sent, or was not
  #transport;

  constructor(transport) {
    this.#transport = transport;
  }

  /** send sends a text; it resolves with whether it was accepted, and shows up by itself. */
  send(conv, text) {
    return this.#send(conv, {
      message_elem_array: [{ elem_type: 0, text_elem_content: text }],
      message_sender_profile: { user_profile_identifier: loginUserID(), user_profile_nick_name: loginUserID() },
    });
  }

  /** again sends a message that failed once more: the same, by sender, time and rand. */
  again(conv, message) {
    const { message_elem_array, message_sender_profile, message_client_time, message_rand } = message;
    return this.#send(conv, { message_elem_array, message_sender_profile, message_client_time, message_rand });
  }

  async revoke(conv, message) {
    if (this.#transport.offline) {
      toast("This tab is offline: nothing can be revoked.");
      return;
    }
    const { code, desc } = await call("TIMMsgRevoke", conv.conv_id, conv.conv_type, JSON.stringify({ message_msg_id: message.message_msg_id }));
    if (code === 0) this.#transport.revoked(message);
    else toast(`Revoking failed: ${desc} (${code})`);
  }

  async remove(conv, message) {
    const { code, desc } = await call("TIMMsgDelete", conv.conv_id, conv.conv_type, JSON.stringify({
      msg_delete_param_msg: { message_msg_id: message.message_msg_id }, msg_delete_param_is_ramble: true,
    }));
    if (code !== 0) toast(`Deleting failed: ${desc} (${code})`);
  }

  #send(conv, message) {
    const id = new Uint8Array(1100); // ids are up to 1,024 bytes, a 0 follows
    const ret = callNow("TIMMsgSendMessage", conv.conv_id, conv.conv_type, JSON.stringify(message), id, (code, desc) => {
      if (code !== 0) this.reasons.set(name, desc);
      this.onSettled(conv);
    }, null);
    const name = new TextDecoder().decode(id.subarray(0, id.indexOf(0)));
    if (ret !== 0) toast(`The message was not taken (${ret})`);
    else this.reasons.delete(name);
    return ret === 0;
  }
}
