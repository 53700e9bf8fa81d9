// Drawing no more often than it can be seen.

/** onceAFrame returns a function that has fn called soon, once for many calls. */
export function onceAFrame(fn) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    const run = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      due = false;
      fn();
    };
    // A tab behind another one gets few frames or none; it keeps up all the same.
    const frame = requestAnimationFrame(run);
    const timer = setTimeout(run, 100);
  };
}
