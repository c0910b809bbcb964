import { ImportError } from "../core/errors.ts";
import * as say from "../core/messages/attenuation.ts";
import { readTable } from "../importers/csv/stated-table.ts";
import { Unrecognised } from "../importers/unrecognised.ts";
import type { AttenuationTable } from "./attenuation-table.ts";
import type { RawAttenuationTable, RawLab } from "./schema.ts";
import type { Located, Path, Problem } from "./yaml.ts";

/** Every table that the lab file names, by the entry that names it. What cannot be read is a problem at that entry's place. */
export async function readAttenuationTables(
  folder: string,
  lab: RawLab,
  located: Located,
): Promise<{ readonly tables: ReadonlyMap<string, AttenuationTable>; readonly problems: readonly Problem[] }> {
  const tables = new Map<string, AttenuationTable>();
  const problems: Problem[] = [];
  for (const [path, statement] of statedTables(lab)) {
    try {
      tables.set(path.join("."), await readOne(folder, statement));
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      problems.push({ ...located.at([...path, "file"]), message: error.message });
    }
  }
  return { tables, problems };
}

function statedTables(lab: RawLab): [Path, RawAttenuationTable][] {
  const levels: [Path, RawLab["lines"]][] = [
    [["lines"], lab.lines],
    ...Object.entries(lab.cooldowns ?? {}).map(([name, c]): [Path, RawLab["lines"]] => [["cooldowns", name, "lines"], c.lines]),
  ];
  return levels.flatMap(([path, lines]) =>
    Object.entries(lines ?? {}).flatMap(([name, { attenuation }]): [Path, RawAttenuationTable][] =>
      attenuation && "file" in attenuation ? [[[...path, name, "attenuation"], attenuation]] : [],
    ),
  );
}

async function readOne(folder: string, { file, columns, uncertainty }: RawAttenuationTable): Promise<AttenuationTable> {
  const wrong = (message: string) => new ImportError(message, file);
  const wanted = [
    { role: "frequency", meaning: "frequency", header: columns.frequency },
    { role: "attenuation", meaning: "other", header: columns.attenuation },
    ...(columns.sigma === undefined ? [] : [{ role: "sigma", meaning: "other", header: columns.sigma } as const]),
  ] as const;
  const [frequency, loss, sigma] = await readTable(folder, file, wanted).catch((error: unknown) => {
    if (error instanceof ImportError || error instanceof Unrecognised) throw wrong(say.tableUnreadable(file, error.message));
    throw error;
  });
  for (const [what, column] of [
    ["attenuation", loss],
    ["sigma", sigma],
  ] as const)
    if (column && column.unit !== "dB") throw wrong(say.tableUnit(file, what, column.unit));
  const rows = Array.from(frequency!.values, (f, i) => ({
    f,
    loss: loss!.values[i]!,
    sigma: sigma ? sigma.values[i]! : (uncertainty?.value ?? Number.NaN),
  }))
    .filter((r) => Number.isFinite(r.f) && Number.isFinite(r.loss))
    .sort((a, b) => a.f - b.f);
  if (rows.length < 2) throw wrong(say.tableShort(file, rows.length));
  const negative = loss!.values.findIndex((x) => x < 0);
  if (negative >= 0) throw wrong(say.tableNegative(file, negative + 1, loss!.values[negative]!));
  if (rows.some((r) => r.sigma < 0)) throw wrong(say.tableSigma(file));
  const twice = rows.find((r, i) => r.f === rows[i + 1]?.f);
  if (twice) throw wrong(say.tableTwice(file, twice.f));
  return { file, frequency: rows.map((r) => r.f), loss: rows.map((r) => r.loss), sigma: rows.map((r) => r.sigma) };
}
