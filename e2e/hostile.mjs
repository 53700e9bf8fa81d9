// Texts that somebody would write into a message to break what shows or keeps it.

/** markup are texts that run something where they are taken for markup or for an address. */
export const markup = [
  `<script>window.pwned = 1</script>`,
  `</title></textarea></style></script><script>window.pwned = 2</script>`,
  `<img src=x onerror="window.pwned = 3">`,
  `"><svg onload=window.pwned=4><animate onbegin=window.pwned=5 attributeName=x></svg>`,
  `' onmouseover='window.pwned=6' autofocus onfocus='window.pwned=7' x='`,
  `<iframe srcdoc="<script>parent.pwned = 8</script>"></iframe>`,
  `<a href="javascript:window.pwned=9">x</a><form action="javascript:window.pwned=10"><button autofocus>`,
  `<details open ontoggle=window.pwned=11><video><source onerror=window.pwned=12></video>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=13>`,
  `<link rel=stylesheet href=//evil.example/a.css><base href=//evil.example/><meta http-equiv=refresh content="0;url=//evil.example/">`,
  `\${window.pwned=14} {{constructor.constructor('window.pwned=15')()}} <%= window.pwned=16 %>`,
  `<template shadowrootmode=open><script>window.pwned=17</script></template>`,
  `\u202e<b>right to left</b>\u0000\ufeff`,
];

const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>parent.pwned=18;top.pwned=18</script><image href="https://evil.example/in.svg" onload="top.pwned=19"/></svg>`;

/** addresses are those that a picture must not load, but for the data: ones, in which nothing runs. */
export const addresses = [
  "javascript:window.pwned=20", "JaVaScRiPt\t:window.pwned=21", " javascript:window.pwned=22", "vbscript:x", "http://evil.example/face.png",
  "//evil.example/face.png", "/\\evil.example/face.png", "../../face.png", "file:///etc/passwd", "blob:https://evil.example/x", "data:text/html,<script>parent.pwned=23</script>",
  `data:image/svg+xml,${encodeURIComponent(svg)}`, `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
  `x" onerror="window.pwned=24`, ...markup.slice(0, 4),
];

/** names are those of what every object of JavaScript has, and what breaks a list of keys. */
export const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "then", "length", "__defineGetter__", "0", "-1", "NaN"];

/** ids are texts that are ids, and would be something else where they are not taken as they are. */
export const ids = [
  ...names, "a", "a/", "a/~", "a/~~", "a:1", "1:a", "1:1:a", "a@", "a@1:1:a", "a|b", "a+b", "a b", "../a", "../../etc/passwd", "%61", "%", "\\", "A",
  "a\u0000", "a\u0000b", "\u0000", "\uffff", "a\uffff", "\ufffd", "\u{1f600}", "\u{10ffff}", "e\u0301", "\u00e9", "\u212b", "\u00c5", "'", "''", `"`, `a"b`, "`", "' OR 1=1 --", "'; DROP TABLE conv; --",
  "@this", "@pretty", "#", "#(a==1)", "*", "?", "a.b", "a|@reverse", "!", "..0", "{}", "[]", "null", "true", "~", "!~", "\n", "\r\n", "\t", " ", "c2c_a", "group_a", "@TGS#a",
  "x".repeat(1024), `${"x".repeat(1023)}y`, "\u4f1a".repeat(341), ...markup.map((text) => text.slice(0, 300)),
];
