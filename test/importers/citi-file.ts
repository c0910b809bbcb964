/** A package as the format's examples write it. */
export interface CitiPackage {
  readonly name: string;
  /** Name and values, outermost first; without values the VAR has only its count. */
  readonly variables: readonly { readonly name: string; readonly values: readonly number[]; readonly listed?: boolean }[];
  /** Points with the innermost VAR fastest. */
  readonly data: readonly { readonly name: string; readonly format: string; readonly rows: readonly (readonly number[])[] }[];
  readonly extra?: readonly string[];
}

/** Writes packages as a CITIfile. */
export function citiFile(packages: readonly CitiPackage[], end = "\n"): string {
  const lines = packages.flatMap(({ name, variables, data, extra = [] }) => [
    "CITIFILE A.01.01",
    ...extra,
    `NAME ${name}`,
    ...variables.map((v) => `VAR ${v.name} MAG ${v.values.length}`),
    ...data.map((d) => `DATA ${d.name} ${d.format}`),
    ...variables.flatMap((v) => (v.listed === false ? [] : ["VAR_LIST_BEGIN", ...v.values.map(String), "VAR_LIST_END"])),
    ...data.flatMap((d) => ["BEGIN", ...d.rows.map((row) => row.map((x) => (Object.is(x, -0) ? "-0" : String(x))).join(",")), "END"]),
  ]);
  return lines.join(end) + end;
}
