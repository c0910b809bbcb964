import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { simulateMessages } from "../../src/core/messages/simulate.ts";
import { badInput } from "../../src/simulate/bad-input.ts";
import { DEFAULT_LAB, labOfSize } from "../../src/simulate/default-lab.ts";
import { simulateLab, simulateTo, truthFile } from "../../src/simulate/lab-folder.ts";
import { drawInputs } from "../../src/simulate/lab-truth.ts";

const lab = simulateLab(DEFAULT_LAB, 1);
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}/`, import.meta.url));
const filesBelow = (folder: string) =>
  (readdirSync(folder, { recursive: true }) as string[])
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => statSync(join(folder, path)).isFile() && !path.startsWith(".gammawatt"))
    .sort();

describe("the default lab", () => {
  it("is small: below 1.5 MB with its truth", () => {
    const bytes = [...lab.files, truthFile(lab.truth)].reduce((sum, f) => sum + f.bytes.length, 0);
    expect(bytes).toBeLessThan(1.5e6);
  });
  it("has two cooldowns of three qubits and at least one quirk in each", () => {
    expect(Object.keys(lab.truth.cooldowns)).toEqual(["cd07", "cd08"]);
    for (const qubits of Object.values(lab.truth.cooldowns)) expect(Object.keys(qubits)).toEqual(["q1", "q2", "q3"]);
    expect(new Set(lab.truth.quirks.map((q) => q.cooldown))).toEqual(new Set(["cd07", "cd08"]));
  });
  it("lets both routes be informative: T1 of 20 to 60 us, n_eq of 0.5 to 3 %, populations from near rest to near 1/2", () => {
    for (const truth of Object.values(lab.truth.cooldowns).flatMap((c) => Object.values(c))) {
      expect(truth.t1).toBeGreaterThan(20e-6);
      expect(truth.t1).toBeLessThan(60e-6);
      expect(truth.n_eq).toBeGreaterThan(0.005);
      expect(truth.n_eq).toBeLessThan(0.03);
      expect(truth.points[0]!.n_e - truth.n_eq).toBeLessThan(0.06);
      expect(truth.points.at(-1)!.n_e).toBeGreaterThan(0.44);
      expect(Math.abs(truth.attenuation_db - truth.attenuation_stated_db)).toBeGreaterThan(0);
      expect(truth.gamma1_repeats.length).toBeGreaterThan(4);
    }
  });
  it("paths are unique", () => expect(new Set(lab.files.map((f) => f.path)).size).toBe(lab.files.length));
  it("the same seed gives the same bytes, another seed other numbers under the same names", () => {
    expect(simulateLab(DEFAULT_LAB, 1)).toEqual(lab);
    const other = simulateLab(DEFAULT_LAB, 2);
    expect(other.files.map((f) => f.path)).toEqual(lab.files.map((f) => f.path));
    const sat = (l: typeof lab) => l.files.find((f) => f.path === "cd07/q1_sat.csv")!.bytes;
    expect(sat(other)).not.toEqual(sat(lab));
  });
  it("a measurement that is left out moves no other one's numbers", () => {
    const [first, second] = DEFAULT_LAB.cooldowns;
    const fewer = { ...DEFAULT_LAB, cooldowns: [{ ...first!, experiments: first!.experiments.slice(2) }, second!] };
    for (const file of simulateLab(fewer, 1).files.slice(1)) expect(lab.files.find((f) => f.path === file.path)).toEqual(file);
  });
  it("grows to the size that is asked for", () => {
    const large = simulateLab(labOfSize(DEFAULT_LAB, 3, 2), 1);
    expect(large.files.filter((f) => /cd\d\d\/q1_t1_/.test(f.path)).map((f) => f.path)).toEqual(
      ["cd07", "cd08", "cd09"].flatMap((c) => [`${c}/q1_t1_000.csv`, `${c}/q1_t1_001.csv`]),
    );
    const rates = (c: string) => large.truth.cooldowns[c]!.q1!.gamma1_repeats;
    expect(rates("cd09")).not.toEqual(rates("cd07"));
  });
});

describe("shared inputs", () => {
  const draws = Array.from({ length: 2000 }, (_, i) => drawInputs(DEFAULT_LAB, i + 1));
  const drive1 = DEFAULT_LAB.lines.drive1!.attenuation;
  const { p1Given0 } = DEFAULT_LAB.readout;
  const pulls = {
    attenuation: draws.map((d) => (d.attenuation("cd07", "q1") - drive1.value) / drive1.sigma),
    readout: draws.map((d) => (d.readout.p1Given0 - p1Given0.value) / p1Given0.sigma),
  };
  // 2000 draws: mean within 4/sqrt(2000), width within 4/sqrt(4000).
  it.each(Object.entries(pulls))("%s is drawn from its stated sigma", (_, x) => {
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    const width = Math.sqrt(x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length);
    expect(Math.abs(mean)).toBeLessThan(0.09);
    expect(Math.abs(width - 1)).toBeLessThan(0.065);
  });
  it("one entry, one error: equal over qubits of a line, and over cooldowns that do not restate it", () => {
    for (const d of draws.slice(0, 20)) {
      expect(d.attenuation("cd07", "q1")).toBe(d.attenuation("cd07", "q2"));
      expect(d.attenuation("cd07", "q3")).toBe(d.attenuation("cd08", "q3"));
      expect(d.attenuation("cd07", "q1") - 93.4).not.toBeCloseTo(d.attenuation("cd08", "q1") - 93.9, 6);
    }
  });
});

describe("writing", () => {
  let out = "";
  beforeEach(async () => {
    out = await mkdtemp(join(tmpdir(), "gammawatt-simulate-"));
  });
  afterEach(() => rm(out, { recursive: true }));
  it("writes the lab and its truth, and says what", async () => {
    const written = await simulateTo(out, { traces: 1 });
    expect(written.toSorted()).toEqual(filesBelow(out));
    expect(written).toContain("gammawatt.yaml");
    expect(JSON.parse(await readFile(join(out, "truth.json"), "utf8")).seed).toBe(1);
  });
  it("never overwrites: nothing is written where one file stands already", async () => {
    await writeFile(join(out, "truth.json"), "mine");
    await expect(simulateTo(out, { traces: 1 })).rejects.toThrow(simulateMessages.exists(join(out, "truth.json")));
    expect(filesBelow(out)).toEqual(["truth.json"]);
    expect(await readFile(join(out, "truth.json"), "utf8")).toBe("mine");
  });
  it.each(["ports", "meters", "field"])("writes the lab %s", async (lab) => {
    const written = await simulateTo(out, { lab, traces: 1 });
    expect(written.toSorted()).toEqual(filesBelow(out));
  });
  it("refuses a lab that it does not know, and says which there are", async () => {
    await expect(simulateTo(out, { lab: "mine" })).rejects.toThrow(
      simulateMessages.unknownLab("mine", ["default", "ports", "meters", "field"]),
    );
  });
  it.each([0, -1, 1.5, Number.NaN])("refuses %s cooldowns", async (cooldowns) => {
    await expect(simulateTo(out, { cooldowns })).rejects.toThrow(simulateMessages.notACount("cooldowns", cooldowns));
  });
});

describe("committed fixtures are what the simulator writes", () => {
  const compare = (folder: string, files: readonly { path: string; bytes: Uint8Array }[]) => {
    expect(filesBelow(folder)).toEqual(files.map((f) => f.path).sort());
    for (const { path, bytes } of files) expect(Buffer.compare(readFileSync(join(folder, path)), bytes), path).toBe(0);
  };
  it("fixtures/lab", () => compare(fixture("lab"), [...lab.files, truthFile(lab.truth)]));
  it("fixtures/bad-input", () => compare(fixture("bad-input"), badInput()));
});
