// The list under the keyboard and the mouse.

/**
 * listen wires a list: actions.open, .pin, .read, .star and .remove get the key of a
 * conversation.
 */
export function listen(box, view, actions) {
  const moves = {
    ArrowDown: () => view.activeIndex() + 1,
    ArrowUp: () => view.activeIndex() - 1,
    Home: () => 0,
    End: () => Infinity,
    PageDown: () => view.activeIndex() + view.page(),
    PageUp: () => view.activeIndex() - view.page(),
  };
  const acts = {
    Enter: actions.open, " ": actions.open, Delete: actions.remove, Backspace: actions.remove,
    p: actions.pin, P: actions.pin, r: actions.read, R: actions.read,
    s: actions.star, S: actions.star,
  };
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) {
      event.preventDefault();
      view.activate(moves[event.key]());
    } else if (event.key in acts && view.active !== "") {
      event.preventDefault();
      acts[event.key](view.active);
    }
  });
  box.addEventListener("focus", () => {
    if (view.activeIndex() < 0) view.activate(view.firstSeen());
  });
  box.addEventListener("click", (event) => {
    const key = view.keyAt(event.target);
    if (key !== "") actions.open(key);
  });
}
