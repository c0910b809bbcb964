import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("the README's example of the field model finds what it put in", { timeout: 120_000 }, () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const code = readFileSync(`${root}README.md`, "utf8").split("<!-- example:field -->\n```js\n")[1]!.split("\n```")[0]!;
  const run = spawnSync(process.execPath, ["--input-type=module", "--eval", code], { cwd: root, encoding: "utf8" });
  expect(run.stderr).toBe("");
  const printed = Object.fromEntries(run.stdout.split("\n").map((line) => [line.split(" ")[0]!, line.split(" ").slice(1, 3).map(Number)]));
  for (const [name, truth] of [
    ["gamma0_mean", 3000],
    ["gamma2", 1e-3],
  ] as const) {
    const [value, sigma] = printed[name]!;
    expect(Math.abs(value! - truth)).toBeLessThan(3.5 * sigma!);
    expect(sigma! / truth).toBeLessThan(0.05);
  }
});
