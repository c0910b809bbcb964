import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/csv.ts";
import { clockOf, instantOf } from "../../src/importers/csv/clock.ts";
import { columnsOf } from "../../src/tables/dataset.ts";
import { noteTexts, read, readOne, values } from "./import-text.ts";

const decay = [0, 1, 2, 3].map((i) => [i, (0.9 - 0.1 * i).toFixed(2)]);
const table = (name: string, times: readonly string[], delimiter = ",") =>
  [[name, "delay [us]", "p1"], ...times.flatMap((time) => decay.map((row) => [time, ...row]))].map((row) => row.join(delimiter)).join("\n");

describe("dates as people and instruments write them", () => {
  // Unix times from GNU date: date -u -d "2026-11-02 09:23:11" +%s is 1793611391.
  it.each([
    ["2026-11-02T10:23:11", "2026-11-02T10:23:11"],
    ["2026-11-02 10:23:11.123", "2026-11-02T10:23:11.123"],
    ["2026-11-02T10:23:11+01:00", "2026-11-02T09:23:11.000Z"],
    ["2026-11-02T09:23:11Z", "2026-11-02T09:23:11.000Z"],
    ["2026/11/02 10:23", "2026-11-02T10:23:00"],
    ["20261102T102311", "2026-11-02T10:23:11"],
    ["Mon Nov  2 10:23:11 2026", "2026-11-02T10:23:11"],
    ["02 Nov 2026 10:23:11", "2026-11-02T10:23:11"],
    ["November 2, 2026 10:23:11 PM", "2026-11-02T22:23:11"],
    ["23.11.2026 10:23", "2026-11-23T10:23:00"],
    ["11/23/2026 10:23 AM", "2026-11-23T10:23:00"],
    ["02.11.2026", "2026-11-02"],
    ["1793611391", "2026-11-02T09:23:11.000Z"],
    ["1793611391000", "2026-11-02T09:23:11.000Z"],
  ])("%s", (text, iso) => {
    expect(instantOf(text)?.iso).toBe(iso);
  });
  it.each(["02/11/2026 10:23", "31.02.2026", "2026-13-02", "2026-11-02 25:00:00", "10:23:11", "12.5", "yesterday", ""])(
    "%j is none",
    (text) => {
      expect(instantOf(text)).toBeUndefined();
    },
  );
  it("day and month are told by any date of the column", () => {
    expect(clockOf("t", ["02/11/2026 10:23:00", "13/11/2026 10:23:00"])).toMatchObject({ stamp: "local", note: "" });
    expect(clockOf("t", ["02/11/2026", "03/11/2026"])).toMatchObject({ stamp: "none", note: say.dayOrMonth("t", "02/11/2026") });
    expect(clockOf("t", ["11/11/2026 10:00"])).toMatchObject({ stamp: "local", note: "" });
    expect(clockOf("t", ["q1", "2026-11-02"])).toBeUndefined();
  });
});

describe("a column of times", () => {
  it.each([
    ["time", ["2026-11-02T10:23:11", "2026-11-02T10:24:11"], ["2026-11-02T10:23:11", "2026-11-02T10:24:11"]],
    ["Zeit", ["02.11.2026 10:23", "02.11.2026 10:24"], ["2026-11-02T10:23:00", "2026-11-02T10:24:00"]],
    ["when", ["2026-11-02 10:23:11.5", "2026-11-02 10:24:11.5"], ["2026-11-02T10:23:11.500", "2026-11-02T10:24:11.500"]],
    ["date", ["02/11/2026 10:23", "02/11/2026 10:24"], ["", ""]],
    ["time", ["10:23:11", "10:24:11"], ["", ""]],
    ["date", ["46328.43", "46329.43"], ["", ""]],
  ])("%j %j tells repeats apart and dates them, and is no delay", async (name, times, started) => {
    const datasets = await read("q1_t1.csv", table(name, times));
    expect(datasets.map((d) => [d.labels.trace, d.axis, d.started])).toEqual(started.map((text, k) => [`p1[${k}]`, "repeat", text]));
    expect(values(datasets[1]!, "delay")).toEqual([0, 1e-6, 2e-6, 3e-6]);
    expect(datasets[0]!.conditions).toEqual([]);
    expect(columnsOf(datasets[0]!).map((c) => c.name)).toEqual(["delay", "p1"]);
  });

  it("what was assumed is a note", async () => {
    const notes = async (name: string, time: string) => noteTexts((await read("t1.csv", table(name, [time])))[0]!);
    expect(await notes("Zeit", "02.11.2026 10:23")).toEqual([say.dayFirst("Zeit", "02.11.2026 10:23")]);
    expect(await notes("date", "02/11/2026 10:23")).toEqual([say.dayOrMonth("date", "02/11/2026 10:23")]);
    expect(await notes("time", "10:23:11")).toEqual([say.clockWithoutDate("time")]);
    expect(await notes("time", "2026-11-02T10:23:11")).toEqual([]);
  });

  it("a day in one column and the time of day in another are one clock", async () => {
    const rows = [20, 21].flatMap((minute) => decay.map((row) => `02.11.2026,10:${minute}:00,${row.join(",")}`));
    const datasets = await read("q1_t1.csv", ["date,time,delay [us],p1", ...rows].join("\n"));
    expect(datasets.map((d) => d.started)).toEqual(["2026-11-02T10:20:00", "2026-11-02T10:21:00"]);
    expect(noteTexts(datasets[0]!)).toEqual([say.dayFirst("date", "02.11.2026")]);
  });

  it("that runs along with the delays dates the trace", async () => {
    const rows = decay.map((row, i) => `2026-11-02T10:23:1${i};${row.join(";")}`);
    const d = await readOne("t1.csv", ["time;delay [us];p1", ...rows].join("\n"));
    expect(d.started).toBe("2026-11-02T10:23:10");
    expect(values(d, "delay")).toEqual([0, 1e-6, 2e-6, 3e-6]);
  });
});
