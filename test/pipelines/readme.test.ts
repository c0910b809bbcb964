import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { decay } from "../../pipelines/decay.ts";
import { exportFolder } from "../../pipelines/steps/export.ts";
import { labFolder, optionsFor } from "./lab.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The code behind `<!-- example:name -->` in the README, reading another export than the one named there. */
function example(name: string, folder: string): string {
  const readme = readFileSync(`${ROOT}README.md`, "utf8");
  const code = readme.split(`<!-- example:${name} -->\n\`\`\`js\n`)[1]!.split("\n```")[0]!;
  return code.replace("reports/lab/export", folder);
}

describe("the example of the README", () => {
  const options = optionsFor(labFolder("small"));
  beforeAll(() => exportFolder(options, decay.routes, "arrow"));

  it("lists T1s with arquero", () => {
    const run = spawnSync(process.execPath, ["--input-type=module", "--eval", example("arquero", options.out)], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    expect(run.stdout).toContain("t1_us");
    expect(run.stdout.match(/'cd07'/g)).toHaveLength(2);
  });
});
