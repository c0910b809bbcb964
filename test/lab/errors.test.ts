import { describe, expect, it } from "vitest";
import { KINDS } from "../../src/core/dataset.ts";
import { LabFileError } from "../../src/core/errors.ts";
import { pointWithTable, twoUncertainties } from "../../src/core/messages/attenuation.ts";
import * as say from "../../src/core/messages/lab.ts";
import { emptyQuantity, exampleOf as example, noUnit, wrongUnit } from "../../src/core/messages/quantity.ts";
import { ATTENUATION_ORIGINS } from "../../src/lab/lab.ts";
import { parseLab } from "../../src/lab/load.ts";

/** `line:column message` of every problem, in the order of the file. */
function problems(text: string): string[] {
  try {
    parseLab(text);
  } catch (error) {
    if (!(error instanceof LabFileError)) throw error;
    const [first = "", ...rest] = error.message.split("\n");
    return [`${error.place}: ${first}`, ...rest].map((p) => p.replace(/^gammawatt\.yaml:(\d+:\d+): /, "$1 "));
  }
  return [];
}
const known = (...keys: string[]) => keys;
const QUBIT = known(
  ...[
    "frequency",
    "anharmonicity",
    "geometry",
    "couplings",
    "driven_port",
    "temperature",
    "temperature_from",
    "equilibrium_population",
    "position",
  ],
  ...["participation", "drive_to_readout", "drive_duration", "duty_cycle", "if_bandwidth"],
);
const ROOT = known("device", "readout", "qubits", "lines", "field", "cooldowns", "files", "exclude");

describe("every error names line, column, what was expected and what to write", () => {
  const cases: [what: string, text: string, ...problems: string[]][] = [
    ["a key with a typing error", "qubits:\n  q1:\n    freqency: 5 GHz\n", `3:5 ${say.unknownKey("freqency", "frequency", QUBIT)}`],
    ["a key that resembles none", "zebra: 1\n", `1:1 ${say.unknownKey("zebra", undefined, ROOT)}`],
    ["a key that stands twice", "device: a\nqubits:\ndevice: b\n", `3:1 ${say.keyTwice("device", 1)}`],
    ["a qubit that stands twice", "qubits: { q1: , q1: }\n", `1:17 ${say.keyTwice("q1", 1)}`],
    ["a tab", "qubits:\n\tq1:\n", `2:1 ${say.yamlSyntax("TAB_AS_INDENT")}`],
    ["a number without unit", "qubits:\n  q1:\n    frequency: 5.0123\n", `3:16 ${noUnit("5.0123", "Hz")}`],
    ["an attenuation without unit", "lines: { a: { qubits: [q1], attenuation: 72.3 } }", `1:42 ${noUnit("72.3", "dB")}`],
    ["two numbers without unit", "qubits: { q1: { frequency: 5.0 ± 0.1 } }", `1:28 ${noUnit("5.0 ± 0.1", "Hz")}`],
    ["a unit of something else", "qubits: { q1: { temperature: 5 GHz } }", `1:30 ${wrongUnit("GHz", "Hz", "K")}`],
    ["an attenuation in dBm", "lines: { a: { qubits: [q1], attenuation: 72.3 dBm } }", `1:42 ${wrongUnit("dBm", "W", "dB")}`],
    [
      "a negative attenuation",
      "lines: { a: { qubits: [q1], attenuation: -72.3 dB } }",
      `1:42 ${say.outOfRange('"-72.3 dB"', "0 or larger: a loss is positive here", example("dB"))}`,
    ],
    [
      "an attenuation table without columns",
      "lines: { a: { qubits: [q1], attenuation: { file: a.csv } } }",
      `1:42 ${say.missingKey("columns")}`,
    ],
    [
      "an attenuation table and the one frequency where it holds",
      'lines: { a: { qubits: [q1], attenuation_at: 5 GHz, attenuation: { file: a.csv, columns: { frequency: "f [GHz]", attenuation: "A [dB]" } } } }',
      `1:29 ${pointWithTable()}`,
    ],
    [
      "two uncertainties of an attenuation table",
      "lines: { a: { qubits: [q1], attenuation: { file: a.csv, uncertainty: 1 dB, columns: { frequency: f, attenuation: A, sigma: s } } } }",
      `1:57 ${twoUncertainties()}`,
    ],
    ["a probability above 1", "readout: { p1_given_0: 1.2 }", `1:24 ${say.outOfRange('"1.2"', "between 0 and 1", example("1"))}`],
    [
      "an unknown word",
      "qubits: { q1: { geometry: reflexion } }",
      `1:27 ${say.oneOf("reflexion", ["reflection", "two-sided", "hanger", "multiport", "separate-ports"], "reflection")}`,
    ],
    [
      "an unknown origin",
      "lines: { a: { qubits: [q1], attenuation_from: guess } }",
      `1:47 ${say.oneOf("guess", ATTENUATION_ORIGINS, undefined)}`,
    ],
    ["an unknown kind", 'files: [{ match: "*", kind: decays }]', `1:29 ${say.oneOf("decays", KINDS, "decay")}`],
    [
      "a list instead of a word",
      'files: [{ match: "*", kind: [decay] }]',
      `1:29 ${say.expectedType(`One of ${KINDS.join(", ")}`, "a list")}`,
    ],
    ["text instead of a mapping", "qubits: q1", `1:9 ${say.expectedType("A mapping of names to descriptions", '"q1"')}`],
    ["text instead of a list", "lines: { a: { qubits: q1 } }", `1:23 ${say.expectedType("A list, as in [a, b]", '"q1"')}`],
    ["nothing behind a colon", "device:\n", `1:1 ${say.emptyText("device")}`],
    ["nothing in a list of names", "lines: { a: { qubits: [q1, null] } }", `1:28 ${say.emptyText(1)}`],
    ["a second document", "device: a\n---\ndevice: b\n", `2:1 ${say.yamlSyntax("MULTIPLE_DOCS")}`],
    ["a directive", "%foo\n---\ndevice: a\n", `1:1 ${say.yamlSyntax("BAD_DIRECTIVE")}`],
    ["a share that is missing", "readout:\n  duty_cycle:\n", `2:3 ${say.expectedType("A number, as in 0.1,", "nothing")}`],
    ["a pattern that is missing", "files:\n  - match:\n", `2:5 ${say.emptyText("match")}`],
    ["brackets without end", `device: ${"[".repeat(5000)}`, `1:109 ${say.tooDeep()}`],
    ["dashes without end", "- ".repeat(5000), `1:200 ${say.tooDeep()}`],
    ["keys within keys without end", "? ".repeat(5000), `1:200 ${say.tooDeep()}`],
    ["a quantity that is missing", "qubits:\n  q1:\n    frequency:\n", `3:5 ${emptyQuantity("Hz")}`],
    ["a missing key", "files:\n  - kind: decay\n", `2:5 ${say.missingKey("match")}`],
    ["an exclusion without reason", 'exclude: [{ file: "a.csv" }]', `1:11 ${say.missingKey("reason")}`],
    ["an exclusion of nothing", "exclude: [{ reason: odd }]", `1:11 ${say.excludeWhat()}`],
    [
      "points that are no rows",
      "exclude: [{ file: a, reason: b, points: [0, -1, 1.5] }]",
      `1:45 ${say.notARow('"-1"')}`,
      `1:49 ${say.notARow('"1.5"')}`,
    ],
    [
      "shots that cannot be",
      'files: [{ match: "*", shots: 0 }, { match: "**", shots: 1.5 }]',
      `1:30 ${say.notACount('"0"')}`,
      `1:57 ${say.notACount('"1.5"')}`,
    ],
    [
      "a date in another order",
      "cooldowns: { a: { started: 03.09.2026 }, b: { started: 2026-13-03 } }",
      `1:28 ${say.notADate("03.09.2026")}`,
      `1:56 ${say.notADate("2026-13-03")}`,
    ],
    ...["2026-02-31", "2025-02-29", "yesterday", "2026-09-03 25:00", "2026-09-03 14:61", "2026-00-01", "2026-9-3"].map(
      (date): [string, string, string] => [
        `a date that is none: ${date}`,
        `cooldowns: { a: { started: ${date} } }`,
        `1:28 ${say.notADate(date)}`,
      ],
    ),
    ["a pattern with the separators of another system", "files: [{ match: 'a\\b.csv' }]", `1:18 ${say.patternBackslash("a\\b.csv")}`],
    [
      "two names with nothing between them",
      'files: [{ match: "{cooldown}{qubit}.csv" }]',
      `1:18 ${say.patternTouching("{cooldown}", "{qubit}", "{cooldown}{qubit}.csv")}`,
    ],
    [
      "a name and a star with nothing between them",
      'files: [{ match: "{qubit}*.csv" }, { match: "a*{qubit}" }]',
      `1:18 ${say.patternTouching("{qubit}", "*", "{qubit}*.csv")}`,
      `1:45 ${say.patternTouching("*", "{qubit}", "a*{qubit}")}`,
    ],
    [
      "off of another kind",
      'files: [{ match: "*", kind: scattering, off: detuned }]',
      `1:41 ${say.keyOfOtherKind("off", ["reference"], "scattering")}`,
    ],
    ["off without a kind", 'files: [{ match: "*", off: detuned }]', `1:23 ${say.keyOfOtherKind("off", ["reference"], undefined)}`],
    [
      "a detector of another kind",
      'files: [{ match: "*", kind: decay, detector: vna }]',
      `1:36 ${say.keyOfOtherKind("detector", ["power", "scattering", "total-power"], "decay")}`,
    ],
    [
      "averaging of another kind",
      'files: [{ match: "*", kind: reference, averaging: complex }]',
      `1:40 ${say.keyOfOtherKind("averaging", ["power", "scattering", "total-power"], "reference")}`,
    ],
    [
      "keys of maps on a decay",
      'files: [{ match: "*", kind: decay, on: [0 s, 1 s], boundary: robin }]',
      `1:36 ${say.keyOfOtherKind("on", ["field-source", "field"], "decay")}`,
      `1:52 ${say.keyOfOtherKind("boundary", ["field-source", "field"], "decay")}`,
    ],
    ["a VNA that averages power", 'files: [{ match: "*", kind: power, detector: vna, averaging: power }]', `1:51 ${say.powerAveraging()}`],
    [
      "a power meter with phase",
      'files: [{ match: "*", kind: power, detector: power-meter, averaging: complex }]',
      `1:59 ${say.meterWithoutPhase()}`,
    ],
    [
      "scattering from a power meter",
      'files: [{ match: "*", kind: scattering, detector: power-meter }]',
      `1:41 ${say.scatteringIsComplex()}`,
    ],
    ["scattering from averaged power", 'files: [{ match: "*", kind: scattering, averaging: power }]', `1:41 ${say.scatteringIsComplex()}`],
    ["total power from a VNA", 'files: [{ match: "*", kind: total-power, detector: vna }]', `1:42 ${say.totalIsMeter()}`],
    ["a unit of no label", 'files: [{ match: "*", kind: power, power_unit: dBm }]', `1:36 ${say.unitOfNoLabel()}`],
    ["a file from somewhere else", 'exclude: [{ file: "./a.csv", reason: b }]', `1:19 ${say.patternPath("./a.csv")}`],
    [
      "a file with the separators of another system",
      "exclude: [{ file: 'a\\b.csv', reason: b }]",
      `1:19 ${say.patternBackslash("a\\b.csv")}`,
    ],
    ["an interval that ends before it begins", 'files: [{ match: "*", on: [1 ms, 0 s] }]', `1:27 ${say.interval()}`],
    ["too many coordinates", "qubits: { q: { position: [1 m, 1 m, 1 m, 1 m] } }", `1:26 ${say.coordinates(4)}`],
    ["a duty cycle of nothing", "readout: { duty_cycle: 0 }", `1:24 ${say.outOfRange('"0"', "above 0 and at most 1", "0.1")}`],
    ["a unit that is no power", 'files: [{ match: "{power}.csv", power_unit: dB }]', `1:45 ${say.powerUnit("dB")}`],
    ["an unclosed brace", 'files: [{ match: "{qubit_t1.csv" }]', `1:18 ${say.unclosedBrace("{qubit_t1.csv")}`],
    ["a doubled name", 'exclude: [{ match: "{a}/{a}", reason: b }]', `1:20 ${say.patternNameTwice("a", "{a}/{a}")}`],
    ["a pattern from somewhere else", 'files: [{ match: "./a.csv" }]', `1:18 ${say.patternPath("./a.csv")}`],
    [
      "a hidden entry",
      'files:\n  - { match: "{c}/*.csv" }\n  - { match: "{c}/{q}_off.csv" }\n',
      `3:14 ${say.hiddenEntry("{c}/{q}_off.csv", "{c}/*.csv", 2)}`,
    ],
    ["a qubit in other capitals", "qubits: { q1: }\nlines: { a: { qubits: [Q1] } }", `2:24 ${say.qubitCase("Q1", "q1")}`],
    ["a qubit on two lines", "lines: { a: { qubits: [q1] }, b: { qubits: [q1] } }", `1:45 ${say.qubitOnTwoLines("q1", "a", "b")}`],
    [
      "a line under a cooldown that nobody knows",
      "lines: { drive1: { qubits: [q1] } }\ncooldowns: { a: { lines: { drve1: { attenuation: 3 dB } } } }",
      `2:28 ${say.lineWithoutQubits("drve1", "drive1")}`,
    ],
    [
      "a readout that tells nothing, its parts from two levels",
      "readout: { p1_given_0: 0.4 }\ncooldowns: { a: { readout: { p0_given_1: 0.7 } } }",
      `2:19 ${say.twoReadoutErrors()}`,
    ],
    ["an unquoted star", "files: [{ match: *_t1.csv }]", `1:18 ${say.aliasNotAllowed()}`],
    ["a tag", "device: !chip A\n", `1:9 ${say.tagNotAllowed()}`],
    ["a list at the top", "- a\n- b\n", `1:1 ${say.notAMapping()}`],
    ["a key that is a mapping", "qubits:\n  {q1}: 3\n", `2:3 ${say.keyNotText()}`],
    ["a name that objects cannot hold", "qubits: { __proto__: { frequency: 5 GHz } }", `1:11 ${say.notAName("__proto__")}`],
  ];
  it.each(cases)("%s", (_what, text, ...expected) => {
    expect(problems(text)).toEqual(expected);
  });
  it("syntax errors of YAML say what to look for", () => {
    for (const [text, place] of [
      ["match: {cooldown}/x.csv\n", "1:18"],
      ["device: 'x\n", "2:1"],
      ["a: [1\nb: 2\n", "2:1"],
      ["device: @x\n", "1:9"],
    ] as const) {
      const [first = ""] = problems(text);
      expect(first, text).toMatch(new RegExp(`^${place} This is not valid YAML: .*in quotes`));
    }
  });
  it("no sentence of the YAML library reaches a person, and indentation without end is one problem", () => {
    const deep = problems(Array.from({ length: 3000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"));
    expect(deep).toHaveLength(1);
    expect(deep[0]).toContain(say.tooDeep());
    for (const text of ["a: 1\n---\nb: 2", "a: [1", 'a: "\\q"', "a: b: c", "a\nb: c", "a: 'x' 'y'", "? ".repeat(5000), "[".repeat(1e6)])
      expect(problems(text).join(), text.slice(0, 20)).not.toMatch(/YAML\.|stack|parse|Flow|Block|scalar|implicit|docs?\b/i);
  });
  it("of very many problems the first are listed and the others counted", () => {
    const all = problems(Array.from({ length: 100 }, (_, i) => `k${i}: 1\n`).join(""));
    expect(all).toHaveLength(42);
    expect(all.at(-1)).toBe(say.moreProblems(59));
  });
  it("all problems are listed at once, in the order of the file", () => {
    const text = "qubits:\n  q1:\n    frequency: 5\n    temprature: 5 mK\nlines:\n  a: { qubits: [q1], atenuation: 3 dB, isolation: 20 }\n";
    expect(problems(text).map((p) => p.split(" ")[0])).toEqual(["3:16", "4:5", "6:22", "6:51"]);
  });
});

describe("what is allowed raises no error", () => {
  it.each([
    ["a line that drives qubits of which nothing else is known", "qubits: { q1: }\nlines: { a: { qubits: [q1, q2] } }"],
    [
      "a qubit on one line in one cooldown and on another in the next",
      "lines: { a: { qubits: [q1] } }\ncooldowns: { b: { lines: { c: { qubits: [q1] } } } }",
    ],
    [
      "a line whose qubits only the cooldowns know",
      "lines: { a: { attenuation: 3 dB } }\ncooldowns: { b: { lines: { a: { qubits: [q1] } } } }",
    ],
    [
      "dates in ISO form",
      "cooldowns: { a: { started: 2026-09-03 }, b: { started: 2026-09-03 14:30 }, c: { started: 2026-09-03T14:30:00Z }, d: { started: 2026 }, e: { started: 2024-02-29 }, f: { started: 2026-09 } }",
    ],
    ["numbers as names", "device: 7\nqubits: { 1: , 2: }\nlines: { 3: { qubits: [1, 2] } }\ncooldowns: { 2026: , 1e3: , 0x10: , true: }"],
    [
      "small numbers and percents",
      "readout: { p1_given_0: 1.2(2) %, p0_given_1: 3e-2, duty_cycle: 10 % }\nqubits: { q1: { participation: { MS: 3e-4, bulk: 0.9 } } }",
    ],
    ["a table of power without its detector: the power route refuses it by name", 'files: [{ match: "*", kind: power }]'],
    ["a detector where the file itself says its kind", 'files: [{ match: "*", detector: vna, averaging: complex }]'],
    [
      "an entry after a narrower one",
      'files: [{ match: "{c}/{q}_off.csv" }, { match: "{c}/*.csv" }, { match: "**/*.csv" }, { match: "**" }]',
    ],
  ])("%s", (_what, text) => {
    expect(problems(text)).toEqual([]);
  });
});
