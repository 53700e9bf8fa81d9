// What web/tim.d.ts declares and what a live TIM has, in one shape, and the
// differences between two such.

/**
 * parse reads the interfaces of the declarations: a Map from the name to
 * {bases, members}, members a Map from the name to {kind, value, optional, doc}.
 * kind is "function" or "property"; value is the literal of a property whose
 * type is one; doc is the comment before it. It knows only the regular shape
 * that tim.d.ts has, and throws at anything else in an interface.
 */
export function parse(text) {
  const interfaces = new Map();
  const pattern = /^export interface (\w+)(?:\s+extends\s+([\w\s,]+?))? \{(?:\}|\n(.*?)^\})/gms;
  for (const [, name, bases = "", body = ""] of text.matchAll(pattern)) {
    const members = new Map();
    for (const { doc, source } of statements(body)) addMember(members, name, source, doc);
    interfaces.set(name, { bases: bases.split(",").map((base) => base.trim()).filter(Boolean), members });
  }
  return interfaces;
}

/** statements splits a body at its semicolons, those in brackets and comments left out. */
function* statements(body) {
  let source = "";
  let doc = "";
  let depth = 0;
  for (const [token] of body.matchAll(/\/\*\*.*?\*\/|\/\/[^\n]*|"[^"]*"|[(<{[]|=>|[)>}\]]|;|[^"(<{[)>}\];=/]+|[=/]/gs)) {
    if (token.startsWith("/*")) doc = token;
    else if (token.startsWith("//")) continue;
    else if (token === ";" && depth === 0) {
      yield { source: source.trim(), doc };
      source = doc = "";
    } else {
      if (/^[(<{[]$/.test(token)) depth++;
      if (/^[)>}\]]$/.test(token)) depth--;
      source += token;
    }
  }
  if (source.trim() !== "") throw new Error(`no semicolon behind ${source.trim()}`);
}

function addMember(members, owner, source, doc) {
  const method = source.match(/^(\w+)(?:<\w+>)?\(/);
  if (method !== null) {
    const before = members.get(method[1])?.doc ?? ""; // of an overload
    members.set(method[1], { kind: "function", optional: false, doc: before + doc });
    return;
  }
  const property = source.match(/^(?:readonly )?(\w+)(\??): (.+)$/s);
  if (property === null) {
    if (source.startsWith("[")) return; // an index signature
    throw new Error(`${owner}: what is ${JSON.stringify(source)}?`);
  }
  const [, name, mark, type] = property;
  if (members.has(name)) throw new Error(`${owner}: ${name} is declared twice`);
  const literal = /^(?:-?\d+|"[^"]*")$/.test(type) ? JSON.parse(type) : undefined;
  members.set(name, { kind: "property", optional: mark === "?", type, value: literal, doc });
}

/** members returns the members of an interface and of those it extends. */
export function members(interfaces, name) {
  const found = interfaces.get(name);
  if (found === undefined) throw new Error(`there is no interface ${name}`);
  const all = new Map(found.members);
  for (const base of found.bases) {
    for (const [member, what] of members(interfaces, base)) all.set(member, what);
  }
  return all;
}

/**
 * declared is what the declarations say of TIM: an object from each name to
 * "function", the value of a constant, an object of values for an enum, or the
 * type of any other property.
 */
export function declared(interfaces) {
  const shape = {};
  for (const [name, { kind, type, value }] of members(interfaces, "TIMModule")) {
    const group = interfaces.get(type);
    if (kind === "function") shape[name] = "function";
    else if (value !== undefined) shape[name] = { value };
    else if (type === `${name}Enum` && group !== undefined) {
      shape[name] = { members: Object.fromEntries([...group.members].map(([key, member]) => [key, member.value])) };
    } else shape[name] = type;
  }
  return shape;
}

/**
 * describe is what a TIM is, in the shape of declared. It stands alone, so that
 * it can be handed to a page, where it describes the global.
 */
export function describe(tim = globalThis.TIM) {
  const shape = {};
  for (const name of Object.getOwnPropertyNames(tim)) {
    const value = tim[name];
    if (typeof value === "function") shape[name] = "function";
    else if (value instanceof Promise) shape[name] = "Promise<void>";
    else if (name === "status") shape[name] = "StorageStatus";
    else if (name === "version" || name === "loginUserID") shape[name] = typeof value;
    else if (typeof value === "object" && value !== null) shape[name] = { members: { ...value } };
    else shape[name] = { value };
  }
  return shape;
}

/** differences compares what is declared with what is there, both ways; [] if nothing differs. */
export function differences(declaredShape, liveShape) {
  const found = [];
  for (const name of Object.keys(declaredShape)) {
    if (!(name in liveShape)) found.push(`${name} is declared and not there`);
  }
  for (const [name, live] of Object.entries(liveShape)) {
    if (!(name in declaredShape)) {
      found.push(`${name} is there and not declared`);
      continue;
    }
    const want = declaredShape[name];
    if (want.members !== undefined && live.members !== undefined) {
      const wrap = (group) => Object.fromEntries(Object.entries(group).map(([key, value]) => [`${name}.${key}`, { value }]));
      found.push(...differences(wrap(want.members), wrap(live.members)));
    } else if (JSON.stringify(want) !== JSON.stringify(live)) {
      found.push(`${name} is declared as ${JSON.stringify(want)} and is ${JSON.stringify(live)}`);
    }
  }
  return found;
}

/** misfits compares an object with an interface: what is missing, and what is not declared. */
export function misfits(interfaces, name, object) {
  const all = members(interfaces, name);
  const missing = [...all].filter(([key, { optional }]) => !optional && !(key in object)).map(([key]) => `${key} is missing`);
  const more = Object.keys(object).filter((key) => !all.has(key)).map((key) => `${key} is not declared`);
  return [...missing, ...more];
}
