// Processes of the browsers under test: which are alive, and their end.
import { readFileSync, readdirSync } from "node:fs";

/** table lists all processes as {pid, parent, group, args}. */
function table() {
  const found = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const [, parent, group] = readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
      found.push({ pid: Number(name), parent: Number(parent), group: Number(group), args: readArgs(name) });
    } catch { /* it has ended meanwhile */ }
  }
  return found;
}

/** readArgs are the arguments of a process. Browsers write theirs anew, as one text. */
function readArgs(pid) {
  const args = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
  return args.length === 1 ? args[0].split(" ") : args;
}

/** family is a process, its group, and all that descends from them. */
export function family(leader) {
  const all = table();
  const members = new Set(all.filter(({ pid, group }) => pid === leader || group === leader).map(({ pid }) => pid));
  for (let grown = -1; grown !== members.size;) {
    grown = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
  }
  return all.filter(({ pid }) => members.has(pid));
}

/** killFamily sends SIGKILL to all of them, the group at one moment. */
export function killFamily(leader) {
  const members = family(leader);
  for (const pid of [-leader, ...members.map(({ pid }) => pid)]) {
    try { process.kill(pid, "SIGKILL"); } catch { /* it has gone by itself */ }
  }
}

/** killAndWait sends SIGKILL to processes and resolves when none of them lives. */
export async function killAndWait(pids) {
  for (const pid of pids) try { process.kill(pid, "SIGKILL"); } catch { /* it has gone by itself */ }
  const alive = (pid) => { try { return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8")); } catch { return false; } };
  while (pids.some(alive)) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** startedWith finds the process that was started with these arguments among others. */
export function startedWith(...args) {
  return table().find((found) => found.parent === process.pid && args.every((arg) => found.args.includes(arg)))?.pid;
}

/** within waits for a promise, but no longer than that; it tells whether it came. */
export async function within(milliseconds, promise) {
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, milliseconds, false); });
  const came = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return came;
}
