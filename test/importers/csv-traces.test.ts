import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/csv.ts";
import { failure, noteTexts, read, readOne, values } from "./import-text.ts";

const decay = (k: number) => [0, 1, 2, 3].map((i) => `${i},${(0.9 - 0.1 * i - 0.01 * k).toFixed(2)}`);
const traces = (datasets: Awaited<ReturnType<typeof read>>) => datasets.map((d) => `${d.labels.qubit}:${d.labels.trace}:${d.axis}`);

describe("repeats and sweeps inside a CSV file", () => {
  it.each(["repeat", "repetition", "index", "trace", "rep"])("makes one dataset per value of a column %j", async (name) => {
    const text = `${name},delay [us],p1\n${[0, 1, 2].flatMap((k) => decay(k).map((row) => `${k},${row}`)).join("\n")}`;
    const datasets = await read("q1_t1.csv", text);
    expect(traces(datasets)).toEqual([":p1[0]:repeat", ":p1[1]:repeat", ":p1[2]:repeat"]);
    expect(values(datasets[1]!, "population")).toEqual([0.89, 0.79, 0.69, 0.59]);
    expect(datasets[1]!.conditions).toEqual([]);
  });

  it.each([
    [
      "timestamp [s]",
      [1790000000, 1790000060, 1790000120],
      ["2026-09-21T14:13:20.000Z", "2026-09-21T14:14:20.000Z", "2026-09-21T14:15:20.000Z"],
    ],
    [
      "epoch",
      [1790000000000, 1790000060000, 1790000120000],
      ["2026-09-21T14:13:20.000Z", "2026-09-21T14:14:20.000Z", "2026-09-21T14:15:20.000Z"],
    ],
    ["time [s]", [0, 60, 120], ["", "", ""]],
  ])("a clock %j tells repeats apart, and is no setting", async (name, readings, started) => {
    const text = `${name},delay [us],p1\n${readings.flatMap((v, k) => decay(k).map((row) => `${v},${row}`)).join("\n")}`;
    const datasets = await read("q1_t1.csv", text);
    expect(traces(datasets)).toEqual([":p1[0]:repeat", ":p1[1]:repeat", ":p1[2]:repeat"]);
    expect(datasets.map((d) => d.started)).toEqual(started);
    expect(datasets.map((d) => d.conditions)).toEqual([[], [], []]);
  });

  it("delays that run several times through the same values are repeats, with a note; the clock of each row dates them", async () => {
    const text = `datetime,delay [us],p1\n${[0, 1].flatMap((k) => decay(k).map((row, i) => `${1790000000 + 60 * k + i},${row}`)).join("\n")}`;
    const datasets = await read("q1_t1.csv", text);
    expect(traces(datasets)).toEqual([":p1[0]:repeat", ":p1[1]:repeat"]);
    expect(values(datasets[1]!, "population")).toEqual([0.89, 0.79, 0.69, 0.59]);
    expect(datasets.map((d) => d.started)).toEqual(["2026-09-21T14:13:20.000Z", "2026-09-21T14:14:20.000Z"]);
    expect(noteTexts(datasets[0]!)).toContain(say.passesAsRepeats(2));
    // Delays that start again elsewhere, or stop before their end, are one trace.
    for (const rows of [
      ["0,0.9", "1,0.8", "2,0.7", "0,0.9", "1,0.8"],
      ["0,0.9", "1,0.8", "2,0.7", "0.5,0.9", "1.5,0.8", "2.5,0.7"],
    ])
      expect((await readOne("q1_t1.csv", `delay [us],p1\n${rows.join("\n")}`)).labels.trace).toBe("p1");
  });

  it("does not mistake a row counter or a constant counter for repeats", async () => {
    expect(
      (
        await readOne(
          "t1.csv",
          `index,delay [us],p1\n${decay(0)
            .map((row, i) => `${i},${row}`)
            .join("\n")}`,
        )
      ).axis,
    ).toBe("single");
    expect(
      (
        await readOne(
          "t1.csv",
          `repeat,delay [us],p1\n${decay(0)
            .map((row) => `7,${row}`)
            .join("\n")}`,
        )
      ).labels.trace,
    ).toBe("p1");
  });

  it("makes one dataset per population column", async () => {
    const datasets = await read("t1.csv", "delay [us],p1_0,p1_1,p1_2,shots\n0,0.9,0.8,0.7,100\n1,0.6,0.5,0.4,100\n2,0.3,0.2,0.1,100\n");
    expect(traces(datasets)).toEqual([":p1[0]:repeat", ":p1[1]:repeat", ":p1[2]:repeat"]);
    expect(datasets.map((d) => values(d, "population"))).toEqual([
      [0.9, 0.6, 0.3],
      [0.8, 0.5, 0.2],
      [0.7, 0.4, 0.1],
    ]);
    expect(datasets.every((d) => d.noise.type === "binomial")).toBe(true);
  });

  it("reads equal headers as repeats, with a note; two names for one role are a question", async () => {
    const datasets = await read("t1.csv", "delay [us],p1,delay [us],p1\n0,0.9,5,0.8\n1,0.6,6,0.5\n2,0.3,7,0.2\n");
    expect(traces(datasets)).toEqual([":p1[0]:repeat", ":p1[1]:repeat"]);
    expect(values(datasets[1]!, "delay")).toEqual([5e-6, 6e-6, 7e-6]);
    expect(noteTexts(datasets[0]!)).toContain(say.repeatsInColumns(["p1", "p1"]));
    expect((await failure("t1.csv", "delay [us],p1,pe\n0,0.9,0.8\n1,0.6,0.5\n")).message).toBe(
      say.repeatedRole("population", ["p1", "pe"]),
    );
  });

  it("keeps qubits apart", async () => {
    const datasets = await read(
      "t1.csv",
      "delay [us],q1_p1,q2_p1,q1_shots,q2_shots\n0,0.9,0.8,100,200\n1,0.6,0.5,100,200\n2,0.3,0.2,100,200\n",
    );
    expect(traces(datasets)).toEqual(["q1:p1:single", "q2:p1:single"]);
    expect(values(datasets[1]!, "shots")).toEqual([200, 200, 200]);
  });

  it("tells rows apart by a column of qubit names", async () => {
    const datasets = await read(
      "t1.csv",
      `qubit,delay [us],p1\n${["q1", "q2"].flatMap((q, k) => decay(k).map((row) => `${q},${row}`)).join("\n")}`,
    );
    expect(traces(datasets)).toEqual(["q1:p1:single", "q2:p1:single"]);
    expect(values(datasets[1]!, "population")).toEqual([0.89, 0.79, 0.69, 0.59]);
    const map = await read("map.csv", "qubit,population\nq1,0.1\nq2,0.2\n", { kind: "field", columns: { population: "population" } });
    expect(map.map((d) => [d.labels.qubit, values(d, "population")])).toEqual([
      ["q1", [0.1]],
      ["q2", [0.2]],
    ]);
  });

  it("makes a condition of a swept axis in physical units", async () => {
    const text = `flux [mA],delay [us],p1\n${[0, 1, 2].flatMap((k) => decay(k).map((row) => `${k / 10},${row}`)).join("\n")}`;
    const datasets = await read("t1.csv", text);
    expect(datasets.map((d) => d.axis)).toEqual(["swept", "swept", "swept"]);
    expect(datasets.map((d) => d.conditions)).toEqual([0, 1e-4, 2e-4].map((value) => [{ name: "flux", value, unit: "A" }]));
    const fixed = await readOne(
      "t1.csv",
      `power [dBm],delay [us],p1\n${decay(0)
        .map((row) => `-30,${row}`)
        .join("\n")}`,
    );
    expect(fixed.axis).toBe("single");
    expect(fixed.conditions[0]).toMatchObject({ name: "power", unit: "W" });
    expect(fixed.conditions[0]!.value).toBeCloseTo(1e-6, 18);
  });

  it("keeps a column that varies along with the delay", async () => {
    const dataset = await readOne(
      "t1.csv",
      `temperature [mK],delay [us],p1\n${decay(0)
        .map((row, i) => `${20 + i},${row}`)
        .join("\n")}`,
    );
    expect(dataset).toMatchObject({ axis: "single", conditions: [] });
    expect(values(dataset, "other")).toEqual([0.02, 0.021, 0.022, 0.023]);
  });

  it("splits blocks between blank lines in which the delay starts again", async () => {
    const datasets = await read("t1.csv", `delay [us],p1\n${[0, 1, 2].map((k) => decay(k).join("\n")).join("\n\n")}\n`);
    expect(traces(datasets)).toEqual([":p1[0]:repeat", ":p1[1]:repeat", ":p1[2]:repeat"]);
    expect(noteTexts(datasets[0]!)).toContain(say.blocksAsRepeats(3));
    const repeatedHeader = await read("t1.csv", [0, 1].map((k) => `delay [us],p1\n${decay(k).join("\n")}\n`).join("\n"));
    expect(repeatedHeader).toHaveLength(2);
  });

  it("takes what the comments say differs between blocks for a swept setting", async () => {
    const text = `delay [us],p1\n${[0, 1].map((k) => `# span = 3 MHz\n# power = ${-30 - 10 * k} dBm\n${decay(k).join("\n")}`).join("\n\n")}`;
    const datasets = await read("t1.csv", text);
    expect(datasets.map((d) => d.axis)).toEqual(["swept", "swept"]);
    expect(datasets.map((d) => d.conditions.map((c) => c.name))).toEqual([["power"], ["power"]]);
    expect(datasets[1]!.conditions[0]!.value).toBeCloseTo(1e-7, 18);
  });

  it("does not split where blank lines mean nothing", async () => {
    const dataset = await readOne("t1.csv", `delay [us],p1\n\n${decay(0).join("\n\n")}\n\n`);
    expect(values(dataset, "delay")).toHaveLength(4);
  });
});
