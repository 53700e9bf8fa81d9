// A conversation's picture: its face where that is an address we follow, else
// initials on a colour.
import { el, setText } from "./dom.js";
import { hue, initials } from "./format.js";

/** isFace tells whether an address may be loaded: https, or a picture in data:. */
export function isFace(url) {
  return typeof url === "string" && (/^https:\/\//i.test(url) || /^data:image\//i.test(url));
}

// Addresses that led nowhere, so that a row that scrolls by asks only once.
const broken = new Set();

/** showAvatar fills an element of class avatar. */
export function showAvatar(node, { id, name, face, isGroup }) {
  const url = isFace(face) && !broken.has(face) ? face : "";
  const state = `${isGroup} ${url} ${id} ${name}`;
  if (node.dataset.state === state) return;
  node.dataset.state = state;
  node.dataset.hue = String(hue(id));
  node.classList.toggle("group", isGroup);
  if (url === "") {
    setText(node, initials(name || id));
    return;
  }
  const img = el("img");
  img.alt = "";
  img.decoding = "async";
  img.referrerPolicy = "no-referrer";
  img.addEventListener("error", () => {
    broken.add(url);
    if (node.dataset.state !== state) return;
    delete node.dataset.state;
    showAvatar(node, { id, name, face, isGroup });
  });
  img.src = url;
  node.replaceChildren(img);
}

/** faceOf says whose avatar a conversation shows. */
export function faceOf(conv) {
  return {
    id: conv.conv_id, name: conv.conv_show_name, face: conv.conv_face_url,
    isGroup: conv.conv_type === 2,
  };
}
