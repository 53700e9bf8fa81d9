// How long a trial is waited for, and where its numbers go.

/** within resolves as work does. After so many seconds it calls giveUp, which must make work end, and fails. */
export async function within(seconds, work, giveUp) {
  let timer;
  const late = new Promise((resolve, reject) => { timer = setTimeout(() => reject(new Error(`not done after ${Math.round(seconds)} s`)), seconds * 1000); });
  try {
    return await Promise.race([work, late]);
  } catch (err) {
    await giveUp();
    await Promise.race([work.catch(() => {}), new Promise((resolve) => { setTimeout(resolve, 10_000).unref(); })]);
    throw err;
  } finally {
    clearTimeout(timer);
  }
}

/** gather puts the numbers of a trial to those that are there. */
export function gather(samples, column, numbers) {
  for (const [row, value] of Object.entries(numbers)) {
    if (value !== null) ((samples[row] ??= {})[column] ??= []).push(value);
  }
}
