// How times, names and sizes are written.

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** midnight is when the day of a time began. */
function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

/** shortTime writes seconds since 1970 as a list does: 14:05, Yesterday, Mon, 3 Nov. */
export function shortTime(seconds, now = new Date()) {
  if (!isTime(seconds)) return "";
  const date = new Date(seconds * 1000);
  const days = Math.round((midnight(now) - midnight(date)) / 86400000);
  if (days === 0) return clock.format(date);
  if (days === 1) return "Yesterday";
  if (days > 1 && days < 7) return weekday.format(date);
  return (date.getFullYear() === now.getFullYear() ? day : full).format(date);
}

/** clockTime writes seconds since 1970 as a time of day. */
export function clockTime(seconds) {
  return isTime(seconds) ? clock.format(new Date(seconds * 1000)) : "";
}

/** dayName writes the day of a time: Today, Yesterday, Mon 16 Nov, 3 Nov 2024. */
export function dayName(seconds, now = new Date()) {
  if (!isTime(seconds)) return "";
  const date = new Date(seconds * 1000);
  const days = Math.round((midnight(now) - midnight(date)) / 86400000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return date.getFullYear() === now.getFullYear() ? `${weekday.format(date)} ${day.format(date)}` : full.format(date);
}

/** longTime writes seconds since 1970 in full. */
export function longTime(seconds) {
  return isTime(seconds) ? exact.format(new Date(seconds * 1000)) : "–";
}

// Anything may stand in a message; Date ends at 8.64e12 seconds.
function isTime(seconds) {
  return Number.isFinite(seconds) && seconds > 0 && seconds < 8.64e12;
}

/** number reads a number that anybody may have written: 0 for what is none. String and Number throw at some objects. */
export function number(value) {
  return (typeof value === "number" || typeof value === "string") && Number(value) || 0;
}

/** messageTime is the server's time of a message, else the client's. */
export function messageTime(message) {
  return number(message?.message_server_time) || number(message?.message_client_time);
}

/** badge writes an unread count. */
export function badge(count) {
  return count > 99 ? "99+" : String(count);
}

export function bytes(count) {
  const units = ["B", "kB", "MB", "GB"];
  let n = number(count);
  let unit = 0;
  for (; n >= 1000 && unit < units.length - 1; unit++) n /= 1000;
  return `${n >= 10 || unit === 0 ? Math.round(n) : n.toFixed(1)} ${units[unit]}`;
}

export function seconds(count) {
  const n = Math.max(0, Math.round(number(count)));
  return n < 60 ? `${n}″` : `${Math.floor(n / 60)}′${String(n % 60).padStart(2, "0")}″`;
}

const words = /[\p{L}\p{N}]+/gu;
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** initials are the one or two letters that stand for a name without a face. */
export function initials(name) {
  const found = String(name).match(words) ?? [];
  if (found.length === 0) return "#";
  const first = [...found[0]];
  if (wide.test(first[0])) return first.slice(-2).join("");
  const second = found.length > 1 ? [...found[found.length - 1]][0] : "";
  return (first[0] + (wide.test(second) ? "" : second)).toUpperCase();
}

/** hue gives each id its colour. */
export function hue(id) {
  let hash = 2166136261;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619);
  return (hash >>> 0) % 12;
}

/** titleOf is what to call a conversation: its id where the name shows nothing. */
export function titleOf(conv) {
  const name = conv.conv_show_name ?? "";
  return /[^\s\p{C}\u115f\u1160\u3164\uffa0]/u.test(name) ? name : conv.conv_id;
}
