import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspectFolder } from "../../pipelines/steps/inspect.ts";
import { UserError } from "../core/errors.ts";
import { labFileExists } from "../core/messages/cli.ts";
import { draftLab } from "../lab/draft.ts";
import type { Command } from "./commander.ts";
import { out } from "./print.ts";

/** `gammawatt init <folder>`: draft a gammawatt.yaml from what is recognised; never overwrites. */
export function initCommand(program: Command, _done: (status: number) => void): void {
  program
    .command("init")
    .argument("<folder>", "folder with measurement files")
    .description("draft a gammawatt.yaml from what is recognised; never overwrites")
    .action(async (folder: string) => {
      const target = join(folder, "gammawatt.yaml");
      const { files } = await inspectFolder(folder);
      const draft = draftLab(files.map((f) => ({ path: f.path, datasets: f.datasets })));
      try {
        // wx: creation fails when the file stands already, whoever made it in the meantime.
        await writeFile(target, draft, { flag: "wx" });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") throw new UserError(labFileExists(target), "", { cause: error });
        throw error;
      }
      out(`Wrote ${target}. Fill in what it asks for, then: gammawatt run "${folder}"`);
    });
}
