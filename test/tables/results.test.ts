import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CheckCode, check } from "../../src/core/check.ts";
import { NO_LABELS } from "../../src/core/dataset.ts";
import { type Estimate, QUANTITIES } from "../../src/core/estimate.ts";
import type { LabelledFit } from "../../src/fit/labelled.ts";
import type { FitOutcome, FitParameter } from "../../src/fit/outcome.ts";
import { ordered } from "../../src/tables/arquero.ts";
import { csvText } from "../../src/tables/csv.ts";
import { estimatesTable, type FitRows, fitStatus, fitsTable } from "../../src/tables/results.ts";
import { rowColumns } from "../../src/tables/row-table.ts";

const estimatesCsv = (estimates: readonly Estimate[]) => csvText(estimatesTable(estimates));
const fitsCsv = (fits: readonly FitRows[]) => csvText(fitsTable(fits));

/** An RFC 4180 reader written for this test: rows of cells. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "," || c === "\n") {
      row.push(cell);
      cell = "";
      if (c === "\n") {
        rows.push(row);
        row = [];
      }
    } else cell += c;
  }
  expect([quoted, cell, row]).toEqual([false, "", []]);
  return rows;
}
/** The rows as records by column name. */
function records(text: string): Record<string, string>[] {
  const [header, ...rows] = readCsv(text);
  return rows.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i]!])));
}

const fails = (...codes: CheckCode[]) => codes.map((code) => check(code, false, "because"));
const ESTIMATE: Estimate = {
  route: "decay",
  quantity: "gamma1_total",
  estimator: "exponential",
  condition: "combined",
  labels: { cooldown: "cd07", device: "chipA", qubit: "q1" },
  value: 36337.2093023256,
  sigmaStat: 300,
  sigmaCommon: 400,
  unit: "1/s",
  status: "usable",
  checks: [],
  budget: [],
  datasets: ["aaaa", "bbbb"],
  remark: "",
};

describe("estimates.csv", () => {
  it("has the columns of CONTRACT.md", () => {
    expect(estimatesCsv([])).toBe(
      "cooldown,device,qubit,route,quantity,estimator,condition,value,sigma,sigma_stat,sigma_common,unit,status,checks,datasets\n",
    );
  });
  it("gives sigma as the root of the squares of both parts (3-4-5), and failed checks sorted", () => {
    const checks = [...fails("undersampled", "cut_off", "cut_off"), check("no_signal", true, "there is signal")];
    expect(estimatesCsv([{ ...ESTIMATE, status: "doubtful", checks }]).split("\n")[1]).toBe(
      "cd07,chipA,q1,decay,gamma1_total,exponential,combined,36337.2093023256,500,300,400,1/s,doubtful,cut_off;undersampled,aaaa;bbbb",
    );
  });
  it("leaves unknown numbers empty, and all numbers of a refused estimate", () => {
    const unknown = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const x of unknown) {
      expect(records(estimatesCsv([{ ...ESTIMATE, sigmaCommon: x }]))[0]).toMatchObject({
        value: "36337.2093023256",
        sigma: "",
        sigma_stat: "300",
        sigma_common: "",
      });
      expect(records(estimatesCsv([{ ...ESTIMATE, value: x }]))[0]).toMatchObject({ value: "", sigma: "500" });
    }
    const refused = records(estimatesCsv([{ ...ESTIMATE, status: "refused", checks: fails("no_signal") }]))[0];
    expect(refused).toMatchObject({
      value: "",
      sigma: "",
      sigma_stat: "",
      sigma_common: "",
      unit: "1/s",
      status: "refused",
      checks: "no_signal",
    });
  });
  it("writes numbers so that they read back equal", () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        expect(Number(records(estimatesCsv([{ ...ESTIMATE, value }]))[0]!.value)).toBe(value + 0);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
  it("keeps hostile labels as they are", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom('a"b', "a,b", "a\nb", "a\r\nb", "=1+1", "-1", "@x", "<script>", '"', '""', " q1 ", "a;b"),
    );
    fc.assert(
      fc.property(hostile, hostile, (qubit, condition) => {
        expect(records(estimatesCsv([{ ...ESTIMATE, labels: { ...ESTIMATE.labels, qubit }, condition }]))[0]).toMatchObject({
          qubit,
          condition,
          device: "chipA",
        });
      }),
      { seed: 3, numRuns: 500 },
    );
  });
  it("has one order, whatever the order of the estimates", () => {
    const conditions = ["combined", "flux", "flux=-0.31", "flux=0.31", "flux=10", "p_in=1.2e-16 W", "p_in=1e-15 W"];
    const all = QUANTITIES.flatMap((quantity) =>
      (["decay", "power", "compare"] as const).flatMap((route) =>
        conditions.map((condition) => ({ ...ESTIMATE, quantity, route, condition })),
      ),
    );
    const text = estimatesCsv(all);
    expect(estimatesCsv([...all].reverse())).toBe(text);
    const rows = records(text);
    expect(rows.slice(0, conditions.length).map((r) => r.condition)).toEqual(conditions);
    expect([...new Set(rows.map((r) => r.route))]).toEqual(["decay", "power", "compare"]);
    expect([...new Set(rows.map((r) => r.quantity))]).toEqual([...QUANTITIES]);
  });
});

const parameter = (name: string, value: number, unit: FitParameter["unit"], more: Partial<FitParameter> = {}): FitParameter => ({
  name,
  value,
  sigma: 0.1 * value,
  low: 0.9 * value,
  high: 1.1 * value,
  unit,
  fixed: false,
  ...more,
});
const NUMBERS = {
  model: "exponential",
  parameters: [
    parameter("amplitude", 0.5, "1"),
    parameter("gamma1_total", 4e4, "1/s"),
    parameter("t1", 2.5e-5, "s", { low: Number.NaN, high: Number.NaN }),
  ],
  covariance: [],
  chi2: 98.5,
  dof: 97,
  n: 100,
  distance: 0,
  iterations: 5,
  checks: [],
  method: "binomial likelihood",
};
const converged: FitOutcome = { ...NUMBERS, state: "converged" };
const refused: FitOutcome = {
  state: "refused",
  model: "exponential",
  sentence: "There is no decay.",
  n: 100,
  checks: fails("no_signal"),
  method: "",
};
const makeFit = (more: Partial<LabelledFit> = {}): LabelledFit => ({
  dataset: "aaaa",
  kind: "decay",
  outcome: converged,
  alternatives: {},
  laws: [],
  trace: { t: [], y: [], sigma: [], fit: [], unit: "1", left_out: [] },
  rotation: "",
  notes: [],
  labels: { cooldown: "cd07", device: "chipA", qubit: "q1", trace: "q1[0]" },
  axis: "repeat",
  conditions: [],
  sources: ["cd07/a.csv", "copy/a.csv"],
  started: "",
  kindInferred: false,
  ...more,
});

describe("fits.csv", () => {
  it("has the columns of CONTRACT.md, one row per parameter", () => {
    expect(fitsCsv([makeFit()])).toBe(
      [
        "dataset,source,trace,cooldown,device,qubit,kind,model,parameter,value,sigma,ci68_low,ci68_high,unit,chi2,dof,n,status,checks",
        "aaaa,cd07/a.csv;copy/a.csv,q1[0],cd07,chipA,q1,decay,exponential,amplitude,0.5,0.05,0.45,0.55,1,98.5,97,100,usable,",
        "aaaa,cd07/a.csv;copy/a.csv,q1[0],cd07,chipA,q1,decay,exponential,gamma1_total,40000,4000,36000,44000,1/s,98.5,97,100,usable,",
        "aaaa,cd07/a.csv;copy/a.csv,q1[0],cd07,chipA,q1,decay,exponential,t1,0.000025,0.0000025,,,s,98.5,97,100,usable,",
        "",
      ].join("\n"),
    );
  });
  it("gives a refused fit one row without parameter and numbers", () => {
    expect(records(fitsCsv([makeFit({ outcome: refused })]))).toEqual([
      expect.objectContaining({
        model: "exponential",
        parameter: "",
        value: "",
        sigma: "",
        ci68_low: "",
        unit: "",
        chi2: "",
        dof: "",
        n: "100",
        status: "refused",
        checks: "no_signal",
      }),
    ]);
  });
  it("gives no numbers either where a check refuses them", () => {
    const rows = records(fitsCsv([makeFit({ outcome: { ...NUMBERS, state: "stopped", sentence: "", checks: fails("not_converged") } })]));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ parameter: "", value: "", status: "refused", checks: "not_converged" });
  });
  it("calls a fit that stopped doubtful at best", () => {
    expect(fitStatus({ state: "stopped", checks: [] })).toBe("doubtful");
    expect(fitStatus({ state: "refused", checks: [] })).toBe("refused");
    expect(fitStatus({ state: "converged", checks: fails("points_excluded") })).toBe("usable");
    expect(fitStatus({ state: "converged", checks: fails("cut_off") })).toBe("doubtful");
  });
  it("lists alternatives after the main fit, by name", () => {
    const rows = records(
      fitsCsv([
        makeFit({ outcome: refused, alternatives: { offset_free: converged, biexponential: { ...refused, model: "biexponential" } } }),
      ]),
    );
    expect(rows.map((r) => `${r.model}: ${r.parameter}`)).toEqual([
      "exponential: ",
      "biexponential: ",
      "exponential (offset_free): amplitude",
      "exponential (offset_free): gamma1_total",
      "exponential (offset_free): t1",
    ]);
  });
  it("has one order: repeats by their number, the average behind them", () => {
    const names = ["q1", "q1[0]", "q1[2]", "q1[10]", "q1[mean]", "q2[0]"];
    const fits = names.map((trace) => makeFit({ labels: { ...NO_LABELS, trace } }));
    const text = fitsCsv(fits);
    expect(fitsCsv([...fits].reverse())).toBe(text);
    expect([...new Set(records(text).map((r) => r.trace))]).toEqual(names);
  });
});

describe("ordered", () => {
  it("sorts by code unit, not by locale, and keeps equal rows in place", () => {
    const rows = ["b1", "B1", "a2", "ä1", "a1", "a3", "A1"];
    expect(ordered(rows, { letter: (r) => r[0]! })).toEqual(["A1", "B1", "a2", "a1", "a3", "b1", "ä1"]);
  });
  it("refuses a key that is not a number, and takes no rows", () => {
    expect(() => ordered([Number.NaN], { x: (r) => r })).toThrow('sort key "x"');
    expect(ordered([], { x: () => 0 })).toEqual([]);
  });
  it("refuses rows of another length than the header", () => {
    expect(() => csvText({ columns: rowColumns("a,b", ""), rows: [[1]] })).toThrow("a row has 1 cells, the header 2");
  });
});
