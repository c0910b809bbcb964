import type { ColumnData } from "../../tables/dataset.ts";

/** Nothing keeps a file from calling two columns the same, and names are keys of the table: a repeated one gets a number. */
export function distinctNames(columns: readonly ColumnData[]): ColumnData[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let name = column.name;
    for (let n = 2; taken.has(name); n++) name = `${column.name} (${n})`;
    taken.add(name);
    return name === column.name ? column : { ...column, name };
  });
}
