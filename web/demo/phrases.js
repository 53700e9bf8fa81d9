// What live traffic is made of.

export const people = [
  ["aisha.k", "Aisha Khan"], ["leo.m", "Leo Moretti"], ["hannah.s", "Hannah Schmidt"], ["noor.v", "Noor de Vries"],
  ["gaoyuan", "高原"], ["xuqing", "许晴"], ["liangchen", "梁晨"], ["songjia", "宋佳"], ["peter.n", "Peter Nwosu"],
  ["emma.l", "Emma Lindqvist"], ["takeshi.o", "大野 武"], ["minseo.p", "박민서"], ["hetao", "何涛"], ["dengli", "邓丽"],
  ["omar.f", "عمر فاروق"], ["ines.r", "Inês Ribeiro"], ["jack.o", "Jack O'Neill"], ["ruanmei", "阮梅"],
];

export const english = [
  "Sounds good to me", "On my way 🚶", "Could you look at this when you have a minute?", "Done ✅", "Thanks!",
  "Let's do 4 pm then", "I'll check and get back to you", "Haha 😂", "That works", "Not today, sorry",
  "Did you see the numbers? They're up 12 %", "I can't reproduce it any more", "Who's joining?", "Coffee? ☕",
  "It's raining cats and dogs here 🌧️", "Merged, thank you", "One more thing…", "Great news: they said yes!",
  "Please don't deploy before I'm back", "\"Works for me\" isn't a status", "👀", "🎉🎉🎉", "See you tomorrow",
];

export const chinese = [
  "好的，收到", "我马上到", "哈哈哈哈哈", "这个可以", "稍等，我在开会", "晚上一起吃饭吗？🍜", "辛苦啦", "刚看到消息",
  "明天上午十点，别忘了", "文件发你邮箱了", "太好了👏", "下雨了，带伞☔", "周末爬山去不去", "这个需求先不急",
  "已经修好了，你再试试", "嗯嗯", "😂😂", "等我电话", "票买好了", "快递放门口就行", "今天的会改到三点", "在吗？",
  "我看不太对，再确认一下", "生日快乐🎂",
];

export const questions = [
  "could you take this one?", "can you confirm?", "what do you think?", "麻烦看一下", "你来定吧", "帮忙确认下时间",
];

export const everyone = ["stand-up in five minutes", "the demo starts now", "明天停电，记得关机", "会议室换到 12 楼"];

export const stickers = ["[微笑]", "[强]", "[laugh]", "[加油]", "[tongue]"];

export const files = [["会议纪要.docx", 48211], ["budget-2027.xlsx", 182204], ["photo-album.zip", 88210433], ["设计稿_终版_v9.fig", 7300412]];
