// Who writes in the sample: id, nick name, and the remark under which the
// account's owner has saved some of them.

export const ME = { id: "linxia", nick: "林夏 Lin Xia" };
export const ALL = "__kImSDK_MessageAtALL__";

export const PEOPLE = {
  linxia: { nick: ME.nick },
  chenyu: { nick: "陈屿" },
  wangxiaoming: { nick: "小明同学", remark: "王小明（产品）" },
  zhouting: { nick: "周婷 Tina" },
  lijing: { nick: "静静的海", remark: "李静" },
  mama: { nick: "平安是福", remark: "妈妈" },
  baba: { nick: "老林", remark: "爸爸" },
  didi: { nick: "林秋🎮" },
  zhaolei: { nick: "赵磊" },
  sunqi: { nick: "孙琪琪" },
  laoguo: { nick: "郭师傅修车" },
  fangdong: { nick: "房东张姐" },
  coach: { nick: "羽毛球-何教练" },
  guide: { nick: "阿布都·热合曼" },
  "sarah.okafor": { nick: "Sarah Okafor" },
  "d.oconnor": { nick: "Declan O'Connor" },
  "maria.silva": { nick: "Maria da Silva" },
  "jonas.b": { nick: "Jonas Bergström" },
  "priya.n": { nick: "Priya Natarajan" },
  "tom.w": { nick: "Tom \"Tank\" Wilson" },
  "yosef.l": { nick: "יוסף לוי" },
  "amal.h": { nick: "أمل حداد" },
  "yuki.t": { nick: "田中 優希" },
  "kim.jh": { nick: "김지호" },
  "release-bot": { nick: "Release Bot" },
  "monitor-bot": { nick: "监控小助手" },
  "hubert.w": { nick: "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh" },
};
