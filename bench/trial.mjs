// What trials have in common.

/** agree fails a trial whose result is not what must be there. */
export function agree(trial, what, got, want) {
  if (got !== want) throw new Error(`${trial.column.id}, ${what}: ${got}, want ${want}`);
}

/** address is that of a column's page. */
export const address = ({ server, column }, task = "") => `${server.origin}/${column.module}.html?durability=${column.durability}&task=${task}`;
