import type { FieldSite, FieldStudy } from "../../src/routes/field/study.ts";
import { csvText } from "../../src/tables/csv.ts";
import { type FilmColumns, fieldFilmTable, fieldMapTable, type MapColumns } from "../../src/tables/field-map.ts";
import { tableWriter } from "../../src/tables/writers/registry.ts";
import type { FileContent } from "../../src/tables/writers/writer.ts";

const LONGEST = 120;

/**
 * File stems of the maps: `field_<cooldown>` (CONTRACT.md), `field` where it has no name; where several devices were mapped in one cooldown,
 * `field_<cooldown>_<device>`. Labels are data: what no file name should hold becomes `-`.
 */
function fieldStems(studies: readonly FieldStudy[]): string[] {
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
  const own = withFiles(studies);
  const stems = fieldStems(own);
  const arrow = await tableWriter("arrow");
  return own.flatMap(({ outcome, status, sites }, i): [string, FileContent][] => {
    const map = outcome.state === "converged" && status !== "refused" ? outcome.map : sites && siteMap(sites);
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
  return fieldStems(withFiles(studies)).flatMap((stem) => [`${stem}.csv`, `${stem}.arrow`]);
}

/** Without qubits beside a map of the same cooldown and device. */
function withFiles(studies: readonly FieldStudy[]): FieldStudy[] {
  const isMapped = ({ labels }: FieldStudy) =>
    studies.some((s) => s.sites === undefined && s.labels.cooldown === labels.cooldown && s.labels.device === labels.device);
  return studies.filter((s) => s.sites === undefined || !isMapped(s));
}

/** Qubits as points. */
function siteMap(sites: readonly FieldSite[]): MapColumns {
  const of = (value: (site: FieldSite) => number) => Float64Array.from(sites, value);
  const unknown = of(() => Number.NaN);
  return {
    ...{ x: of((s) => s.x), y: of((s) => s.y ?? Number.NaN), gamma0: of((s) => s.gamma0), sigma: of((s) => s.sigma) },
    ...{ priorShare: unknown, diffusionLength: unknown, partition: unknown, share: unknown },
  };
}
