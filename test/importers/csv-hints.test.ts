import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/csv.ts";
import { quantity } from "../../src/core/quantity.ts";
import type { Hints } from "../../src/importers/importer.ts";
import { failure, read, readOne, values } from "./import-text.ts";

const body = "0,0.9\n1,0.7\n2,0.5\n";
const columns = (entries: Hints["columns"]): Hints => ({ columns: entries! });

describe("columns that the lab file states", () => {
  it("tries the literal header, then the header without its bracket, which states the unit", async () => {
    const hints = columns({ delay: "delay [us]", population: "p1" });
    expect(values(await readOne("a.csv", `delay [us],p1\n${body}`, hints), "delay")).toEqual([0, 1e-6, 2e-6]);
    expect(values(await readOne("a.csv", `delay,p1\n${body}`, hints), "delay")).toEqual([0, 1e-6, 2e-6]);
    expect(values(await readOne("a.csv", `delay [us],p1\n${body}`, columns({ delay: "delay", population: "p1" })), "delay")).toEqual([
      0, 1e-6, 2e-6,
    ]);
    expect(values(await readOne("a.csv", `delay [µs],p1\n${body}`, hints), "delay")).toEqual([0, 1e-6, 2e-6]);
    expect(values(await readOne("a.csv", `A,B\n${body}`, columns({ delay: "A [ms]", population: "B [%]" })), "population")).toEqual([
      0.009, 0.007, 0.005,
    ]);
  });

  it("a column of texts names the qubit of each row: the stated one, else one that is called so, and no note says that it was not read", async () => {
    const text = "chip,qubit,n\nleft,q1,0.3\nleft,q2,0.2\n";
    const hints = { kind: "field", columns: { population: "n" } } as const;
    const found = async (more: Hints) =>
      (await read("a.csv", text, { ...hints, ...more })).map((d) => [d.labels.qubit, d.notes.map((n) => n.text)]);
    expect(await found({})).toEqual(["q1", "q2"].map((q) => [q, [say.textColumn("chip")]]));
    expect((await found({ qubitColumn: "chip" }))[0]).toEqual(["left", [say.textColumn("qubit")]]);
    expect((await failure("a.csv", text, { ...hints, qubitColumn: "n" })).message).toBe(say.numbersForQubits("n"));
    expect((await failure("a.csv", text, { ...hints, qubitColumn: "name" })).message).toContain('"name"');
  });

  it("divides counts by the constant number of shots that is stated", async () => {
    const counts = await readOne("T1.csv", "delay [us],counts\n0,900\n1,700\n2,500\n", { shots: 1000 });
    expect(counts).toMatchObject({ kind: "decay", noise: { type: "binomial", shots: 1000 } });
    expect(values(counts, "population")).toEqual([0.9, 0.7, 0.5]);
  });

  it("refuses a unit that contradicts the file, is unknown, or cannot be", async () => {
    expect((await failure("a.csv", `delay [ns],p1\n${body}`, columns({ delay: "delay [us]", population: "p1" }))).message).toBe(
      say.conflictingUnit("delay", "delay", "ns", "us"),
    );
    expect((await failure("a.csv", `delay_ns,p1\n${body}`, columns({ delay: "delay_ns [us]", population: "p1" }))).message).toContain(
      "ns by the file",
    );
    expect((await failure("a.csv", `A,p1\n${body}`, columns({ delay: "A [fortnights]", population: "p1" }))).message).toBe(
      say.unknownUnit("delay", "A", "fortnights"),
    );
    expect((await failure("a.csv", `A,p1\n${body}`, columns({ delay: "A [GHz]", population: "p1" }))).message).toBe(
      say.wrongUnit("delay", "A", "GHz", "s"),
    );
    expect((await failure("a.csv", `A,p1\n${body}`, columns({ delay: "A", population: "p1" }))).message).toBe(
      say.noUnit([{ role: "delay", name: "A", example: "A [us]" }]),
    );
  });

  it("names the columns that are there when one is not", async () => {
    expect((await failure("a.csv", `Delay (us),p1\n${body}`, columns({ delay: "delay [us]", population: "p1" }))).message).toBe(
      say.noSuchColumn("delay", "delay [us]", ["Delay (us)", "p1"], "Delay (us)"),
    );
    expect((await failure("a.csv", `delay [us],p1,p1\n0,1,2\n1,1,2\n`, columns({ delay: "delay [us]", population: "p1" }))).message).toBe(
      say.ambiguousColumn("population", "p1", [2, 3]),
    );
  });

  it("counts the columns of a headerless file from 1", async () => {
    const dataset = await readOne("a.csv", body, { kind: "decay", columns: { delay: "#1 [us]", population: "#2" } });
    expect(values(dataset, "delay")).toEqual([0, 1e-6, 2e-6]);
    expect(dataset).toMatchObject({ kind: "decay", kindInferred: false, labels: { trace: "population" } });
    expect((await failure("a.csv", body, columns({ delay: "#1 [us]", population: "#3" }))).message).toBe(
      say.noSuchNumber("population", "#3", 2),
    );
    const radians = await readOne(
      "a.csv",
      "5000000000,-20,3.14159\n5100000000,-20,0\n",
      columns({ frequency: "#1 [Hz]", s_db: "#2 [dB]", s_deg: "#3 [rad]" }),
    );
    expect(values(radians, "s_re")[0]).toBeCloseTo(-0.1, 10);
  });

  it("is authoritative over kind and names, and takes constants", async () => {
    const dataset = await readOne("q1_echo.csv", `delay [us],p1,voltage\n0,0.9,5\n1,0.7,5\n`, {
      kind: "decay",
      columns: { delay: "delay [us]", population: "p1" },
      shots: 400,
      power: quantity(1e-12, "W"),
    });
    expect(dataset).toMatchObject({ kind: "decay", kindInferred: false, noise: { type: "binomial", shots: 400 } });
    expect(dataset.conditions).toContainEqual({ name: "power", value: 1e-12, unit: "W" });
    expect(() => values(dataset, "voltage")).toThrow();
    const named = await readOne("a.csv", "delay [us],p1,N\n0,0.9,500\n1,0.7,500\n", { shots: "N" });
    expect(values(named, "shots")).toEqual([500, 500]);
    expect(named.noise).toEqual({ type: "binomial", shots: "column" });
  });

  it("refuses a kind whose columns are missing", async () => {
    expect((await failure("a.csv", `delay [us],p1\n${body}`, { kind: "scattering" })).message).toBe(
      say.missingColumn("scattering", "frequency", ["delay [us]", "p1"]),
    );
  });

  it("reads any text file whose columns are stated", async () => {
    expect(values(await readOne("run17.log", `A B\n0 0.9\n1 0.7\n`, columns({ delay: "A [us]", population: "B" })), "delay")).toEqual([
      0, 1e-6,
    ]);
  });
});
