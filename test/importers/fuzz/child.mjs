/**
 * Imports files for the fuzz, in a process of its own: one that hangs, crashes or eats memory ends alone. Runs from `dist`, as the command does.
 * Every message is a file; every answer says what became of it, with a hash of each column's numbers.
 */
import { createHash } from "node:crypto";
import { importFile } from "../../../dist/src/importers/import-file.js";
import { columnsOf } from "../../../dist/src/tables/dataset.js";

const hashOf = (values) =>
  createHash("sha256")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex");

async function outcomeOf({ absolute, path, hints }) {
  const start = process.cpuUsage();
  const result = await importFile(absolute, path, hints);
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  const peak = process.resourceUsage().maxRSS * 1024;
  if (result.status !== "imported") {
    const { status, message, place = path, importer = "" } = result;
    return { status, importer, place, message, milliseconds, peak };
  }
  const columns = result.datasets.map((dataset) => columnsOf(dataset));
  return {
    status: "imported",
    importer: result.importer,
    uneven: columns.some((all) => new Set(all.map(({ values }) => values.length)).size > 1),
    numbers: columns.flatMap((all) => all.map(({ role, unit, values }) => `${role} ${unit} ${hashOf(values)}`)),
    milliseconds,
    peak,
  };
}

process.on("message", (task) => {
  outcomeOf(task).then(
    (outcome) => process.send(outcome),
    (error) => process.send({ status: "threw", message: String(error?.stack ?? error), milliseconds: 0, peak: 0 }),
  );
});
process.send("ready");
