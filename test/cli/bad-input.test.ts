import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run, temporaryFolder } from "./command.ts";

const delays = Array.from({ length: 41 }, (_, i) => i * 5);
const t1File = (change: (row: string[], i: number) => void = () => undefined) => {
  const rows = delays.map((t, i) => {
    // A fixed pattern in place of noise: 0.01 up and down.
    const row = [String(t), (0.9 * Math.exp(-t / 40) + 0.05 + 0.01 * Math.sin(7.3 * i)).toFixed(5), "2000"];
    change(row, i);
    return row.join(",");
  });
  return `delay [us],p1,shots\n${rows.join("\n")}\n`;
};

/** Issue 2, "Bad input": a clear error each, the others' results intact. */
describe("bad input", () => {
  const folder = temporaryFolder();
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, "cd01", name), content);
  mkdirSync(join(folder, "cd01"));
  put("q1_t1_good.csv", t1File());
  put("q2_t1_empty.csv", "");
  put(
    "q3_t1_truncated.csv",
    t1File()
      .split("\n")
      .slice(0, 20)
      .join("\n")
      .replace(/,[^,]*,[^,]*$/, ""),
  );
  put(
    "q4_t1_rubbish.csv",
    Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255),
  );
  put(
    "q5_t1_nan.csv",
    t1File((row, i) => {
      if (i === 7) row[1] = "NaN";
    }),
  );
  put(
    "q6_t1_duplicates.csv",
    t1File((row, i) => {
      if (i % 2 === 1) row[0] = String(delays[i - 1]);
    }),
  );
  put(
    "q7_t1_negative.csv",
    t1File((row, i) => {
      if (i === 4) row[2] = "-2000";
    }),
  );
  put(
    "q8_t1_text.csv",
    t1File((row, i) => {
      if (i === 9) row[1] = "bad";
    }),
  );
  // An HDF5 signature with nothing behind it, and a netCDF-3 header that claims 10 GB.
  put("q9_t1.hdf5", Uint8Array.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, ...new Array(200).fill(7)]));
  const header = new Uint8Array(96);
  const view = new DataView(header.buffer);
  header.set([0x43, 0x44, 0x46, 1]);
  const words = [0, 10, 1, 1, 0x78000000, 1_250_000_000, 0, 0, 11, 1, 1, 0x79000000, 1, 0, 0, 0, 6, 2_000_000_000, 96];
  for (const [i, word] of words.entries()) view.setUint32(4 + 4 * i, word);
  put("q10_t1.nc", header);
  mkdirSync(join(folder, "cd01", "q11_t1.csv"));
  const hostile = `q12_t1_"quoted"'<script>alert(1)<\\script>\n.csv`.replaceAll("\\", "_");
  put(hostile, t1File());
  const r = run(folder);

  it("ends with 2 and names every broken file with the place in it", () => {
    expect(r.status).toBe(2);
    const failed = r.summary.failures.map((f) => f.file.replace("cd01/", ""));
    for (const name of ["q2_t1_empty.csv", "q3_t1_truncated.csv", "q4_t1_rubbish.csv", "q8_t1_text.csv", "q9_t1.hdf5", "q10_t1.nc"])
      expect(failed, name).toContain(name);
    for (const f of r.summary.failures) expect(f.message.length, f.file).toBeGreaterThan(20);
    expect(r.summary.failures.find((f) => f.file.includes("q8"))?.place).toMatch(/11/);
    expect(r.stderr).not.toMatch(/\n\s+at /);
  });

  it("the others' results are intact", () => {
    const rate = (qubit: string) =>
      r.estimates().find((e) => e.qubit === qubit && e.quantity === "gamma1_total" && e.condition === "combined");
    for (const qubit of ["q1", "q5", "q6", "q12"]) expect(Number(rate(qubit)?.value), qubit).toBeGreaterThan(20_000);
    for (const qubit of ["q1", "q5", "q12"]) expect(Math.abs(Number(rate(qubit)?.value) - 25_000), qubit).toBeLessThan(1_500);
    expect(rate("q5")?.checks).toMatch(/points_excluded/);
    expect(rate("q7")).toMatchObject({ value: "", status: "refused" });
    expect(rate("q7")?.checks).toMatch(/bad_values/);
  });

  it("hostile names are text in the report", () => {
    const report = r.report();
    expect(report).not.toMatch(/<script>alert/);
    expect(report).toContain("&lt;script&gt;alert(1)");
    expect(r.fits().some((f) => f.source === `cd01/${hostile}`)).toBe(true);
  });

  it("no file of the user is touched", () => {
    expect(readFileSync(join(folder, "cd01", "q1_t1_good.csv"), "utf8")).toBe(t1File());
  });
});
