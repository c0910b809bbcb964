import { describe, expect, it } from "vitest";
import { LabFileError } from "../../src/core/errors.ts";
import { keyOfOtherKind, oneOf, outOfRange, unknownKey } from "../../src/core/messages/lab.ts";
import * as say from "../../src/core/messages/lab-field.ts";
import { noUnit } from "../../src/core/messages/quantity.ts";
import { parseLab } from "../../src/lab/load.ts";

/** Place and sentence of the first problem. */
function problem(text: string): [place: string, message: string] | undefined {
  try {
    parseLab(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof LabFileError)) throw error;
    return [error.place.replace("gammawatt.yaml:", ""), error.message];
  }
}

const WHOLE = `field:
  domain: [[0 mm, 5 mm], [0 mm, 4 mm]]
  boundary: { left: dirichlet, top: robin }
  robin: 3.2 mm/s
  initial: steady
  spread: 30 um
  source: [{ centre: [1.6 mm, 3 mm], width: 0.3 mm, power: 2 mW, on: [0 s, 1 ms], free: [centre, power], uncertainty: 10 % }]
  gamma0: spots
  spots: [{ centre: [3.2 mm, 1.6 mm], width: 0.4 mm, height: 6000 1/s }]
  gamma2: regions
  regions: [{ name: substrate }, { name: metal, from: [0 mm, 0 mm], to: [2 mm, 4 mm] }]
  background: fitted
cooldowns:
  cd08: { field: { boundary: periodic, source: none, gamma0: constant } }
`;

describe("the block field: of the lab file", () => {
  it("becomes SI numbers; a cooldown's keys win one by one", () => {
    const lab = parseLab(WHOLE);
    const whole = {
      domain: [
        [0, 5e-3],
        [0, 4e-3],
      ],
      boundary: { left: "dirichlet", top: "robin" },
      robin: 3.2e-3,
      initial: "steady",
      spread: 3e-5,
      sources: [
        {
          entry: "field.source.0",
          centre: [1.6e-3, 3e-3],
          width: 3e-4,
          power: 2e-3,
          on: [0, 1e-3],
          free: ["centre", "power"],
          scale: "known",
          uncertainty: 0.1,
        },
      ],
      gamma0: "spots",
      gamma2: "regions",
      spots: [{ centre: [3.2e-3, 1.6e-3], width: 4e-4, height: 6000 }],
      regions: [{ name: "substrate" }, { name: "metal", box: { from: [0, 0], to: [2e-3, 4e-3] } }],
      background: true,
    };
    expect(lab.field("cd07")).toEqual(whole);
    expect(lab.field("cd08")).toEqual({ ...whole, boundary: "periodic", sources: "none", gamma0: "constant" });
    expect(parseLab("device: a\n").field("")).toEqual({ regions: [], spots: [], background: false });
  });

  it("what a cooldown asks for may be described for the whole lab", () => {
    const spots = "spots: [{ centre: [1 mm], width: 1 mm, height: 1 1/s }]";
    const text = `field: { gamma0: field, robin: 1 m/s, regions: [{ name: a }], ${spots} }
cooldowns: { a: { field: { gamma0: spots, gamma2: regions, boundary: robin } } }`;
    expect(problem(text)).toBeUndefined();
  });

  it("the column that names qubits is no column of numbers", () => {
    const of = (columns: string) => parseLab(`files: [{ match: "*", kind: field, columns: ${columns} }]`).entryFor("u.csv")?.entry;
    expect(of("{ qubit: name, population: p1 }")).toMatchObject({ columns: { population: "p1" }, qubitColumn: "name" });
    expect(of("{ qubit: name }")).not.toHaveProperty("columns");
  });

  it("keys of maps in files:", () => {
    const entry = (keys: string) => parseLab(`files: [{ match: "*", ${keys} }]`).entryFor("u.csv")?.entry;
    expect(entry("kind: field, boundary: { left: robin }, robin: 2 m/s, initial: empty, spread: 20 um")).toMatchObject({
      ...{ boundary: { left: "robin" }, robin: 2, initial: "empty", spread: 2e-5 },
    });
    expect(entry("kind: field-source, on: [0 s, 1 ms], uncertainty: 5 %, boundary: no-flux")).toMatchObject({
      ...{ on: [0, 1e-3], uncertainty: 0.05, boundary: "no-flux" },
    });
  });

  it.each([
    ["an unknown key", "field: { bundary: no-flux }", "1:10", undefined],
    [
      "a word that is no side",
      "field: { boundary: { left: open } }",
      "1:28",
      oneOf("open", ["no-flux", "dirichlet", "robin", "periodic"], undefined),
    ],
    ["a length without unit", "field: { domain: [[0, 5 mm]] }", "1:20", noUnit("0", "m")],
    ["a domain that falls", "field: { domain: [[5 mm, 0 mm]] }", "1:19", say.domain()],
    ["one periodic side", "field: { boundary: { left: periodic } }", "1:10", say.halfPeriodic("x")],
    ["regions that are not described", "field: { gamma2: regions }", "1:10", say.regionsWithout("gamma2")],
    ["the ends of a line without their brackets", "field: { domain: [0 mm] }", "1:19", say.domain()],
    ["h without a robin side", "field: { boundary: dirichlet, robin: 2 m/s }", "1:31", say.robinIdle()],
    ["h of a file without a robin side", 'files: [{ match: "*", kind: field, robin: 2 m/s }]', "1:36", say.robinIdle()],
    ["regions that nothing asks for", "field: { gamma0: field, regions: [{ name: a }] }", "1:25", say.regionsIdle()],
    ["spots beside another law", "field: { gamma0: field, spots: [] }", "1:25", say.spotsIdle()],
    ["a box with one corner", "field: { regions: [{ name: a, from: [0 mm] }], gamma0: regions }", "1:20", say.regionBox("a")],
    ["a box upside down", "field: { regions: [{ name: a, from: [2 mm], to: [1 mm] }], gamma2: regions }", "1:20", say.regionBox("a")],
    [
      "an error of what is not known",
      "field: { source: { centre: [1 mm], width: 1 mm, power: 1 mW, scale: relative, uncertainty: 5 % } }",
      "1:18",
      say.uncertaintyOfRelative(),
    ],
    [
      "an error above all",
      'files: [{ match: "*", kind: field-source, uncertainty: 200 % }]',
      "1:56",
      outOfRange('"200 %"', "above 0 and below 1", "10 %"),
    ],
    [
      "the error of a map",
      'files: [{ match: "*", kind: field, uncertainty: 5 % }]',
      "1:36",
      keyOfOtherKind("uncertainty", ["field-source"], "field"),
    ],
    ["half a period of a file", 'files: [{ match: "*", kind: field, boundary: { top: periodic } }]', "1:36", say.halfPeriodic("y")],
  ])("%s is an error with its place", (_what, text, place, sentence) => {
    const [at, message] = problem(text)!;
    expect(at).toBe(place);
    if (sentence !== undefined) expect(message).toBe(sentence);
    else expect(message).toContain(unknownKey("bundary", "boundary", []).split(" Known")[0]!);
  });
});
