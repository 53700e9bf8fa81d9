// A script without imports: the global TIM is typed.
/// <reference path="../../web/tim.d.ts" />

TIM.TIMConvGetConvList((code, _desc, json) => {
  if (code !== TIM.ERR_SUCC) return;
  const list: import("timconv").ConvInfo[] = JSON.parse(json);
  document.title = list.map((conv) => conv.conv_show_name).join(", ");
}, null);

const there: number | undefined = globalThis.TIM?.TIMGetLoginStatus();
console.log(there, window.TIM.version);
