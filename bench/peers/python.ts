import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The first python3 that has these packages: the first on the path is not always the one that Debian's packages belong to. */
export function pythonWith(packages: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const named = process.env.GAMMAWATT_PYTHON ? [process.env.GAMMAWATT_PYTHON] : [];
  const programs = [...named, ...folders.map((folder) => join(folder, "python3"))];
  return programs.find((program) => spawnSync(program, ["-c", `import ${packages}`], { stdio: "ignore" }).status === 0);
}

/** The script stands beside the source, not beside the compiled file. */
export function scriptPath(name: string): string | undefined {
  return [`./${name}`, `../../../bench/peers/${name}`].map((p) => fileURLToPath(new URL(p, import.meta.url))).find(existsSync);
}
