import type { FieldStudy } from "../../src/routes/field/study.ts";
import { csvText } from "../../src/tables/csv.ts";
import { type FilmColumns, fieldFilmTable, fieldMapTable } from "../../src/tables/field-map.ts";
import { tableWriter } from "../../src/tables/writers/registry.ts";
import type { FileContent } from "../../src/tables/writers/writer.ts";

const LONGEST = 120;

/**
 * File stems of the maps: `field_<cooldown>` (CONTRACT.md), `field` where it has no name; where several devices were mapped in one cooldown,
 * `field_<cooldown>_<device>`. Labels are data: what no file name should hold becomes `-`.
 */
export function fieldStems(studies: readonly Pick<FieldStudy, "labels">[]): string[] {
  const plain = (label: string) => label.normalize("NFC").replace(/[^\p{L}\p{N}._+ -]+/gu, "-");
  const taken = new Set<string>();
  return studies.map(({ labels: { cooldown, device } }) => {
    const several = studies.filter((s) => s.labels.cooldown === cooldown).length > 1;
    const stem = [...["field", plain(cooldown), several ? plain(device) : ""].filter(Boolean).join("_")].slice(0, LONGEST).join("");
    let name = stem;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${stem}_${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** The files of the maps: `x,y,gamma0,sigma_gamma0,f` as CSV, and everything at every point and time as an Arrow file. A refused fit has its points and no numbers. */
export async function fieldFiles(studies: readonly FieldStudy[]): Promise<[name: string, content: FileContent][]> {
  const stems = fieldStems(studies);
  const arrow = await tableWriter("arrow");
  return studies.flatMap(({ outcome, status }, i): [string, FileContent][] => {
    const map = outcome.state === "converged" && status !== "refused" ? outcome.map : undefined;
    const films: readonly FilmColumns[] = outcome.films;
    const points = map ?? films[0] ?? { x: new Float64Array(0) };
    return [
      [`${stems[i]}.csv`, csvText(fieldMapTable(points))],
      [`${stems[i]}.arrow`, arrow.rows("field", fieldFilmTable(films, map))],
    ];
  });
}

/** Names of `fieldFiles`. */
export function fieldFileNames(studies: readonly FieldStudy[]): string[] {
  return fieldStems(studies).flatMap((stem) => [`${stem}.csv`, `${stem}.arrow`]);
}
