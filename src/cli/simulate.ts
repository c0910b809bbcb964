import { UserError } from "../core/errors.ts";
import { simulateTo } from "../simulate/lab-folder.ts";
import type { Command } from "./commander.ts";
import { out } from "./print.ts";

/** `gammawatt simulate <out>`: a realistic lab folder with known truth. */
export function simulateCommand(program: Command, _done: (status: number) => void): void {
  program
    .command("simulate")
    .argument("<out>", "folder to write; existing files are never overwritten")
    .description("write a realistic lab folder with known truth")
    .option(
      "--lab <name>",
      "default; ports: a qubit in every port geometry; meters: one qubit measured in every way; field: maps of energy density on films",
      "default",
    )
    .option("--seed <n>", "seed of all random draws", wholeNumber, 1)
    .option("--traces <n>", "T1 repeats per qubit and cooldown", wholeNumber)
    .action(async (folder: string, options: { lab: string; seed: number; traces?: number }) => {
      const written = await simulateTo(folder, options);
      out(`Wrote ${written.length} files to ${folder}. Now: gammawatt run "${folder}"`);
    });
}

function wholeNumber(text: string): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n) || n < 0) throw new UserError(`A whole number is expected, not "${text}".`);
  return n;
}
