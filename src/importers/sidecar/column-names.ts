/** Keys under which a sidecar lists the columns of the table beside it. */
const LISTS = /^(?:columns?|channels?|fields?|axes|axis|headers?|variables?|quantit(?:y|ies)|strings?|spalten?)$/i;
const NUMBERED = /^(?:column|col|channel|spalte)[\s_]*(\d+)$/i;

/**
 * The lists of column names with units in a JSON or XML tree: `["delay [us]", "p1"]`, members with a name and a unit, or LabVIEW's controls
 * called `Column 1`, `Column 2`, ...
 * @returns each list as headers: `delay [us]`
 */
export function columnLists(root: unknown): readonly (readonly string[])[] {
  const lists: (readonly string[])[] = [];
  const visit = (node: unknown, key: string, depth: number) => {
    if (depth > 12 || typeof node !== "object" || node === null) return;
    if (Array.isArray(node) && LISTS.test(key)) {
      const names = headersOf(node);
      if (names !== undefined) lists.push(names);
    }
    for (const [name, member] of Object.entries(node)) visit(member, Array.isArray(node) ? key : name, depth + 1);
  };
  visit(root, "", 0);
  const distinct = new Map(lists.map((list) => [list.join("\n"), list]));
  return [...distinct.values()];
}

function headersOf(members: readonly unknown[]): readonly string[] | undefined {
  const cells = members.map(headerOf);
  if (cells.length < 2 || !cells.every((cell) => cell !== undefined)) return undefined;
  return [...cells].sort((a, b) => a.number - b.number).map(({ text }) => text);
}

/** A name with its unit; `number` orders those that are numbered. */
function headerOf(member: unknown): { readonly text: string; readonly number: number } | undefined {
  if (typeof member === "string") return /\p{L}/u.test(member) ? { text: member, number: 0 } : undefined;
  if (typeof member !== "object" || member === null) return undefined;
  const facts = new Map(Object.entries(member).map(([key, value]) => [key.toLowerCase(), typeof value === "string" ? value.trim() : ""]));
  const fact = (...keys: readonly string[]) => keys.map((key) => facts.get(key) ?? "").find((text) => text !== "") ?? "";
  const numbered = NUMBERED.exec(fact("name"));
  const named = numbered === null ? fact("name", "label", "title", "value", "val") : fact("value", "val", "label");
  if (!/\p{L}/u.test(named)) return undefined;
  const unit = fact("unit", "units");
  return { text: unit === "" ? named : `${named} [${unit}]`, number: Number(numbered?.[1] ?? 0) };
}
