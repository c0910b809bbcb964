import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/network-writers.ts";
import { readPackages } from "../../src/importers/citi/packages.ts";
import { type CitiPackage, writeCiti } from "../../src/importers/citi/write.ts";
import { type Complex, divide, multiply, ONE, scale, subtract } from "../../src/importers/network/complex.ts";
import type { Network } from "../../src/importers/network/network.ts";
import { networkOf } from "../../src/importers/network/of-dataset.ts";
import { type Parameter, toScattering } from "../../src/importers/network/to-scattering.ts";
import { numberText } from "../../src/importers/text/number-text.ts";
import { parseNumber } from "../../src/importers/text/numbers.ts";
import { type TouchstoneOptions, writeTouchstone } from "../../src/importers/touchstone/write.ts";
import type { Dataset } from "../../src/tables/dataset.ts";
import { numbersByName } from "./expected-networks.ts";
import { read } from "./import-text.ts";

const EXTREMES = [0, -0, 1, -1, 5e-324, -2.2e-308, 1e-300, -1e-300, 1e300, -1e300, 0.1, 1 / 3];
const number = fc.oneof(fc.constantFrom(...EXTREMES), fc.double({ min: -1e300, max: 1e300, noNaN: true }));
const complex = fc.tuple(number, number);
/** Rising, some equal, from a single one on. */
const frequencies = fc
  .array(fc.oneof(fc.constantFrom(0, 5e-324, 1e-300, 1e9, 4.8e9, 1e300), fc.double({ min: 0, max: 1e12, noNaN: true })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((all) => all.sort((a, b) => a - b));
const ports = fc.integer({ min: 1, max: 6 });
const matrices = (n: number, points: number, element: fc.Arbitrary<Complex> = complex) =>
  fc.array(fc.array(element, { minLength: n * n, maxLength: n * n }), { minLength: points, maxLength: points });
const network = (element: fc.Arbitrary<Complex>) =>
  fc
    .tuple(ports, frequencies)
    .chain(([n, frequency]) => fc.record({ frequency: fc.constant(frequency), matrices: matrices(n, frequency.length, element) }));

const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
const portsOf = ({ matrices: all }: Network) => Math.sqrt(all[0]!.length);
async function readBack(text: string, n: number): Promise<readonly Dataset[]> {
  return read(text.startsWith("[Version]") ? "a.ts" : `a.s${n}p`, text);
}

function matricesOf(dataset: Dataset, n: number): Network["matrices"] {
  // A parameter that is 0 or 1 throughout beside others is taken for one that was not measured: another example instead.
  fc.pre(dataset.notes.every((note) => note.code !== "placeholder"));
  return networkOf(dataset, Array(n).fill(50)).matrices;
}

/**
 * The rounding of a complex number that was written as magnitude or decibels with degrees, in units of 2^-53: hypot 2, atan2 and two factors
 * on angles up to pi 4 pi, back again 2 on up to pi/4, cosine or sine and product 3; of decibels log10, two factors and power, 4 |dB| ln(10)/20 + 2.
 */
function rounding(value: Complex, format: "RI" | "MA" | "DB"): number {
  const size = Math.hypot(...value);
  const units = format === "RI" ? 0 : format === "MA" ? 22 : 24 + 0.5 * Math.abs(20 * Math.log10(size));
  return units * 2 ** -53 * size + (format === "RI" ? 0 : 4 * 2 ** -1074);
}

function expectClose(found: Network["matrices"], written: readonly (readonly Complex[])[], format: "RI" | "MA" | "DB"): void {
  if (format === "RI") expect(found).toEqual(written);
  written.forEach((matrix, point) => {
    matrix.forEach((value, cell) => {
      const [re, im] = found[point]![cell]!;
      expect(Math.hypot(re - value[0], im - value[1])).toBeLessThanOrEqual(rounding(value, format));
    });
  });
}

describe("a number as text", () => {
  it("is the shortest decimal that reads back to the same bits, in Hz as in GHz", () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.constantFrom(0, 3, 6, 9), (x, shift) => {
        expect(parseNumber(numberText(x, shift), 46, shift)).toBe(x);
      }),
      { numRuns: 1000 },
    );
    expect([4.8e9, 123456789, 5e-324, -1.5e9, 1e300, -0].map((x) => numberText(x, 9))).toEqual(
      ["4.8", "0.123456789", "5e-333", "-1.5", "1e291", "-0"], // prettier than 4.8e+9
    );
  });
});

describe("Touchstone: what is written is what is read", () => {
  it("holds for every bit in RI, to the stated rounding in MA and DB, in both versions, every unit, order and line end", async () => {
    const options: fc.Arbitrary<TouchstoneOptions> = fc.oneof(
      fc.record({
        version: fc.constant("1.1" as const),
        format: fc.constantFrom("RI", "MA"),
        unit: fc.constantFrom("Hz", "kHz", "MHz", "GHz"),
      }),
      fc.record({
        version: fc.constantFrom("2.0", "2.1"),
        format: fc.constantFrom("RI", "MA"),
        unit: fc.constantFrom("Hz", "GHz"),
        twoPortOrder: fc.constantFrom("12_21", "21_12"),
      }),
    );
    await fc.assert(
      fc.asyncProperty(network(complex), options, lineEnd, async (written, how, end) => {
        const n = portsOf(written);
        const [dataset] = await readBack(writeTouchstone(written, { comments: ["a", "b\nc"], ...how }).replaceAll("\n", end), n);
        expect([...numbersByName(dataset!).get("frequency")!]).toEqual(written.frequency);
        expectClose(matricesOf(dataset!, n), written.matrices, how.format!);
      }),
      { numRuns: 80 },
    );
    const whole = complex.filter(([re, im]) => re !== 0 || im !== 0);
    await fc.assert(
      fc.asyncProperty(network(whole), async (written) => {
        const [dataset] = await readBack(writeTouchstone(written, { format: "DB" }), portsOf(written));
        expectClose(matricesOf(dataset!, portsOf(written)), written.matrices, "DB");
      }),
      { numRuns: 30 },
    );
  });

  it("holds for either triangle of a symmetric matrix", async () => {
    await fc.assert(
      fc.asyncProperty(network(complex), fc.constantFrom("Lower", "Upper"), async ({ frequency, matrices: all }, matrix) => {
        const n = Math.sqrt(all[0]!.length);
        const symmetric = all.map((m) => m.map((_, cell) => m[Math.max(cell, (cell % n) * n + Math.floor(cell / n))]!));
        const text = writeTouchstone({ frequency, matrices: symmetric }, { version: "2.0", matrix });
        expect(matricesOf((await readBack(text, n))[0]!, n)).toEqual(symmetric);
      }),
      { numRuns: 30 },
    );
  });

  it("holds for noise parameters, with the resistance over the reference", async () => {
    const point = fc.record({
      frequency: fc.double({ min: 0, max: 1e9, noNaN: true }),
      minimumFigure: number,
      optimum: complex,
      resistance: fc.double({ min: 0, max: 1e6, noNaN: true }),
    });
    const twoPort = frequencies.chain((frequency) =>
      fc.record({ frequency: fc.constant([...frequency, 1e301]), matrices: matrices(2, frequency.length + 1) }),
    );
    const ohm = fc.double({ min: 1, max: 1000, noNaN: true });
    const noise = fc.array(point, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(twoPort, ohm, noise, fc.constantFrom("1.1", "2.0"), async (written, r, points, version) => {
        const text = writeTouchstone({ ...written, references: [r, r], noise: points }, { version });
        const [dataset, second] = await readBack(text, 2);
        expect(matricesOf(dataset!, 2)).toEqual(written.matrices);
        const numbers = numbersByName(second!);
        expect([...numbers.get("frequency")!]).toEqual(points.map((p) => p.frequency));
        expect([...numbers.get("nf_min")!]).toEqual(points.map((p) => p.minimumFigure));
        expect([...numbers.get("r_n")!]).toEqual(points.map((p) => p.resistance / r));
        const optimum = points.map((_, i): Complex[] => [[numbers.get("gamma_opt_re")![i]!, numbers.get("gamma_opt_im")![i]!]]);
        expectClose(
          optimum,
          points.map((p) => [p.optimum]),
          "MA",
        );
      }),
      { numRuns: 30 },
    );
  });

  it("holds for Z, Y, H and G of the same S, in ohm and siemens, at any references", async () => {
    const small = fc.double({ min: -0.05, max: 0.05, noNaN: true });
    const case_ = fc.tuple(ports, frequencies, fc.constantFrom("1.1", "2.0")).chain(([n, frequency, version]) =>
      fc.record({
        version: fc.constant(version),
        frequency: fc.constant(frequency),
        s: matrices(n, frequency.length, fc.tuple(small, small)),
        ohm: fc.array(fc.double({ min: 10, max: 500, noNaN: true }), { minLength: n, maxLength: n }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(case_, async ({ version, frequency, s, ohm: references }) => {
        const n = references.length;
        const letters: Parameter[] = n === 2 ? ["Z", "Y", "H", "G"] : ["Z", "Y"];
        for (const parameter of letters) {
          const all = s.map((matrix) => fromScattering(parameter, matrix, references));
          const [dataset] = await readBack(writeTouchstone({ parameter, frequency, matrices: all, references }, { version }), n);
          matricesOf(dataset!, n).forEach((matrix, point) => {
            // |S| of all elements below 0.45: I - S and I + S are inverted with a condition below 3.
            matrix.forEach((x, cell) => {
              expect(Math.hypot(...subtract(x, s[point]![cell]!))).toBeLessThan(1e-13);
            });
          });
        }
      }),
      { numRuns: 20 },
    );
  });

  it("refuses what the format cannot hold", async () => {
    const [lone] = await readBack("# Hz RI\n1 0.5 0\n", 1);
    const one: Network = { frequency: [1e9], matrices: [[[0.5, 0]]] };
    const two: Network = { frequency: [1e9], matrices: [[ONE, ONE, [0, 1], ONE]] };
    const refused = (n: Network, options?: TouchstoneOptions) => expect(() => writeTouchstone(n, options));
    expect(() => networkOf(lone!, [50, 50])).toThrow(say.noColumn("S12"));
    refused({ frequency: [], matrices: [] }).toThrow(say.noPoints());
    refused({ frequency: [1, 2], matrices: [[ONE]] }).toThrow(say.pointCount(2, 1));
    refused({ frequency: [2, 1], matrices: [[ONE], [ONE]] }).toThrow(say.frequencyOrder(1));
    refused({ frequency: [Number.NaN], matrices: [[ONE]] }).toThrow(say.frequencyOrder(0));
    refused({ frequency: [1], matrices: [[ONE, ONE]] }).toThrow(say.matrixSize(0, 2, 1));
    refused({ ...one, parameter: "H" }).toThrow(say.hybridPorts("H"));
    refused({ ...one, references: [0] }).toThrow(say.badReferences());
    refused({ ...one, noise: [] }).toThrow(say.noiseNeedsTwoPorts());
    refused({ ...one, matrices: [[[0, 0]]] }, { format: "DB" }).toThrow(say.notFinite("matrices[0][0]", "DB"));
    refused(two, { matrix: "Lower" }).toThrow(say.version2Only("matrix"));
    refused(two, { twoPortOrder: "12_21" }).toThrow(say.version2Only("twoPortOrder"));
    refused(two, { version: "2.0", matrix: "Lower" }).toThrow(say.notSymmetric(0, "Lower"));
    const noise = [{ frequency: 2e9, minimumFigure: 1, optimum: ONE, resistance: 50 }];
    refused({ ...two, noise }).toThrow(say.noiseFrequency());
  });
});

/** Z, Y, H or G in ohm and siemens of S at `ohm`: the relations of a two-port by hand, of Z and Y by their symmetry in S. */
function fromScattering(parameter: Parameter, s: readonly Complex[], ohm: readonly number[]): Complex[] {
  const n = ohm.length;
  const r = (cell: number) => Math.sqrt(ohm[Math.floor(cell / n)]! * ohm[cell % n]!);
  // z = (1 + S) / (1 - S): with -S for z, (z - 1) / (z + 1) is its negative.
  const z = toScattering(
    "Z",
    s.map((x) => scale(x, -1)),
    n,
  ).map((x, cell) => scale(x, -r(cell)));
  if (parameter === "Z") return z;
  if (parameter === "Y") return toScattering("Y", s, n).map((x, cell) => scale(x, 1 / r(cell)));
  const [z11, z12, z21, z22] = z as [Complex, Complex, Complex, Complex];
  const determinant = subtract(multiply(z11, z22), multiply(z12, z21));
  if (parameter === "H") return [divide(determinant, z22), divide(z12, z22), scale(divide(z21, z22), -1), divide(ONE, z22)];
  return [divide(ONE, z11), scale(divide(z12, z11), -1), divide(z21, z11), divide(determinant, z11)];
}

describe("CITI: what is written is what is read", () => {
  const word = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .map((text) => text.replace(/[\s\p{Cc}\p{Cs}]/gu, ""))
    .filter((text) => text !== "");
  const phrase = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));
  const variable = fc.oneof(
    fc.record({ name: word, values: fc.array(number, { minLength: 1, maxLength: 4 }) }),
    fc.record({
      name: word,
      segments: fc.array(fc.record({ start: number, stop: number, count: fc.constant(1) }), { minLength: 1, maxLength: 3 }),
    }),
  );
  const package_: fc.Arbitrary<CitiPackage> = fc.array(variable, { minLength: 1, maxLength: 3 }).chain((variables) => {
    const points = variables.reduce((count, v) => count * ("values" in v ? v.values.length : v.segments.length), 1);
    const values = fc.array(fc.oneof(complex, fc.constant<Complex>([Number.NaN, Number.NaN])), { minLength: points, maxLength: points });
    return fc.record({
      name: phrase,
      variables: fc.constant(variables),
      data: fc.array(fc.record({ name: phrase, values }), { minLength: 1, maxLength: 3 }),
      constants: fc.array(fc.record({ name: word, values: fc.array(word, { maxLength: 3 }) }), { maxLength: 2 }),
      comments: fc.constant(["any text, 1 2 3", "on two\nlines"]),
    });
  });

  it("holds for every bit in RI, several packages, VARs, segments, odd names and line ends", () => {
    fc.assert(
      fc.property(fc.array(package_, { minLength: 1, maxLength: 3 }), lineEnd, (packages, end) => {
        const found = readPackages(writeCiti(packages).replaceAll("\n", end), "a.cti");
        expect(found.map(({ name, variables, data, constants }) => ({ name, variables, data, constants }))).toEqual(
          packages.map(({ name, variables, data, constants }) => ({
            name,
            variables: variables.map((v) => {
              const values = "values" in v ? v.values : "segments" in v ? v.segments.map((s) => s.start) : [];
              return { name: v.name, count: values.length, values: Float64Array.from(values) };
            }),
            data: data.map((d) => ({ name: d.name, format: "RI", numbers: Float64Array.from(d.values.flat()) })),
            constants,
          })),
        );
      }),
      { numRuns: 100 },
    );
  });

  it("holds for S of 1 to 6 ports to the stated rounding, through the importer", async () => {
    const whole = complex.filter(([re, im]) => re !== 0 || im !== 0);
    const formats = fc.constantFrom("RI", "MAGANGLE", "DBANGLE");
    await fc.assert(
      fc.asyncProperty(network(whole), formats, async ({ frequency, matrices: all }, format) => {
        const n = Math.sqrt(all[0]!.length);
        const data = all[0]!.map((_, cell) => ({
          name: `S[${Math.floor(cell / n) + 1},${(cell % n) + 1}]`,
          format,
          values: all.map((matrix) => matrix[cell]!),
        }));
        const [dataset] = await read("a.cti", writeCiti([{ variables: [{ name: "FREQ", values: frequency }], data }]));
        expect([...numbersByName(dataset!).get("frequency")!]).toEqual(frequency);
        const pair = { RI: "RI", MAGANGLE: "MA", DBANGLE: "DB" } as const;
        expectClose(matricesOf(dataset!, n), all, pair[format]);
      }),
      { numRuns: 30 },
    );
  });

  it("refuses what the format cannot hold", () => {
    const variables = [{ name: "FREQ", values: [1] }];
    const refused = (p: CitiPackage) => expect(() => writeCiti([p]));
    refused({ variables: [{ name: "A B", values: [1] }], data: [] }).toThrow(say.badName("VAR", "A B"));
    refused({ variables, data: [], name: "a\nb" }).toThrow(say.badName("NAME", "a\nb"));
    refused({ variables, data: [{ name: "S[1,1]", values: [] }] }).toThrow(say.valueCount("S[1,1]", 0, 1));
    refused({ variables, data: [{ name: "", values: [ONE] }] }).toThrow(say.badName("DATA", ""));
    refused({ variables, data: [{ name: "S[1,1]", format: "DBANGLE", values: [[0, 0]] }] }).toThrow(
      say.notFinite("S[1,1], value 0", "DBANGLE"),
    );
    refused({ variables, data: [], constants: [{ name: "A", values: ["b c"] }] }).toThrow(say.badName("CONSTANT A", "b c"));
  });
});
