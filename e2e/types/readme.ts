import { loadTIM, type ConvInfo, type Message } from "timconv";

const TIM = await loadTIM();
TIM.TIMSetConvEventCallback((event, json) => {
  if (json === "") return; // Start and Finish of a login
  const conversations: ConvInfo[] = JSON.parse(json);
  for (const c of conversations) console.log(event, c.conv_show_name, c.conv_unread_num);
}, null);
const hello: Message = { message_sender: "ann", message_elem_array: [{ elem_type: TIM.kTIMElem_Text, text_elem_content: "hello" }] };
TIM.TIMRecvNewMsg(JSON.stringify([hello]), (code, desc) => console.log("durable:", code === TIM.ERR_SUCC, desc), null);
