import * as say from "../../core/messages/network-writers.ts";
import type { Complex } from "../network/complex.ts";
import { type Network, type NoisePoint, referencesOf } from "../network/network.ts";
import { type PairFormat, toPair } from "../network/pair-format.ts";
import { normalised } from "../network/to-scattering.ts";
import { numberText } from "../text/number-text.ts";
import { fullMatrix, type MatrixElement, triangle } from "./matrix.ts";

export interface TouchstoneOptions {
  /** `1.1` where absent: then the file's name has to end in `.s<ports>p`. */
  readonly version?: "1.1" | "2.0" | "2.1";
  /** `RI` where absent: the only one that keeps every bit. */
  readonly format?: PairFormat;
  /** `Hz` where absent. */
  readonly unit?: keyof typeof SHIFTS;
  /** Version 2: one triangle of a symmetric matrix; `Full` where absent. */
  readonly matrix?: "Full" | "Lower" | "Upper";
  /** Version 2, full two-port matrices; `12_21` where absent. Version 1.1 always has 21_12. */
  readonly twoPortOrder?: "12_21" | "21_12";
  readonly comments?: readonly string[];
}

const SHIFTS = { Hz: 0, kHz: 3, MHz: 6, GHz: 9 } as const;
/** Version 1.1 allows four pairs in a line. */
const PAIRS_IN_LINE = 4;

/**
 * The text of a Touchstone file, numbers in their shortest decimal: RI reads back bit for bit, MA and DB to the rounding of their cosine and sine.
 * Version 1.1 divides Z and the noise resistance by the reference and multiplies Y with it, version 2 writes ohm and siemens. Where the ports
 * differ in reference, version 1.1 names each in the option line, as it may since 2024; older programs read version 2 then.
 * @throws RangeError for what the version or the format cannot hold
 * @see Touchstone File Format Specification 1.1 (EIA/IBIS Open Forum, 2002), 2.1 (IBIS Open Forum, 2024)
 */
export function writeTouchstone(network: Network, options: TouchstoneOptions = {}): string {
  const references = referencesOf(network);
  const { version = "1.1", format = "RI", unit = "Hz", comments = [] } = options;
  const lines = comments.flatMap((comment) => comment.split(/\r\n|\r|\n/)).map((line) => `! ${line}`);
  const ohm = new Set(references).size === 1 || version !== "1.1" ? references.slice(0, 1) : references;
  const header = `# ${unit} ${network.parameter ?? "S"} ${format} R ${ohm.map((r) => numberText(r)).join(" ")}`;
  if (version === "1.1") lines.push(header, ...version1(network, references, options));
  else lines.push(`[Version] ${version}`, header, ...version2(network, references, options));
  return `${lines.join("\n")}\n`;
}

function version1(network: Network, references: readonly number[], options: TouchstoneOptions): string[] {
  if (options.matrix !== undefined) throw new RangeError(say.version2Only("matrix"));
  if (options.twoPortOrder !== undefined) throw new RangeError(say.version2Only("twoPortOrder"));
  const { parameter = "S", matrices, frequency, noise = [] } = network;
  if (noise.length > 0 && noise[0]!.frequency > frequency.at(-1)!) throw new RangeError(say.noiseFrequency());
  const written = parameter === "S" ? matrices : matrices.map((matrix) => normalised(parameter, matrix, references));
  const elements = fullMatrix(references.length, references.length === 2);
  return [
    ...records({ ...network, matrices: written }, elements, options),
    ...noise.map((point) => noiseLine(point, references[0]!, options)),
  ];
}

function version2(network: Network, references: readonly number[], options: TouchstoneOptions): string[] {
  const { matrix = "Full", twoPortOrder = "12_21" } = options;
  const { frequency, noise = [] } = network;
  const ports = references.length;
  const elements = matrix === "Full" ? fullMatrix(ports, ports === 2 && twoPortOrder === "21_12") : half(network, ports, matrix);
  const keywords = [
    `[Number of Ports] ${ports}`,
    ...(ports === 2 ? [`[Two-Port Data Order] ${twoPortOrder}`] : []),
    `[Number of Frequencies] ${frequency.length}`,
    ...(noise.length > 0 ? [`[Number of Noise Frequencies] ${noise.length}`] : []),
    `[Reference] ${references.map((ohm) => numberText(ohm)).join(" ")}`,
    `[Matrix Format] ${matrix}`,
    "[Network Data]",
  ];
  const noiseLines = noise.length > 0 ? ["[Noise Data]", ...noise.map((point) => noiseLine(point, 1, options))] : [];
  return [...keywords, ...records(network, elements, options), ...noiseLines, "[End]"];
}

/** The elements of one triangle. @throws RangeError where the other one differs */
function half({ matrices }: Network, ports: number, side: "Lower" | "Upper"): readonly MatrixElement[] {
  const same = (a: Complex, b: Complex) => Object.is(a[0], b[0]) && Object.is(a[1], b[1]);
  const odd = matrices.findIndex((m) => m.some((x, cell) => !same(x, m[(cell % ports) * ports + Math.floor(cell / ports)]!)));
  if (odd >= 0) throw new RangeError(say.notSymmetric(odd, side));
  return triangle(ports, side).filter(({ row, column }) => (side === "Lower" ? column <= row : column >= row));
}

/** A record is one line for one and two ports, else each row of the matrix begins a line. */
function records({ frequency, matrices }: Network, elements: readonly MatrixElement[], options: TouchstoneOptions): string[] {
  const { format = "RI", unit = "Hz" } = options;
  const ports = elements.at(-1)!.row + 1;
  return matrices.flatMap((matrix, point) => {
    const lines: string[][] = [[numberText(frequency[point]!, SHIFTS[unit])]];
    elements.forEach(({ row, column }, k) => {
      const inLine = lines.at(-1)!;
      const newRow = k > 0 && row !== elements[k - 1]!.row;
      const text = pairText(format, matrix[row * ports + column]!, `matrices[${point}][${row * ports + column}]`);
      if (ports > 2 && (newRow || inLine.length === (lines.length === 1 ? 1 : 0) + PAIRS_IN_LINE)) lines.push([text]);
      else inLine.push(text);
    });
    return lines.map((cells) => cells.join(" "));
  });
}

function noiseLine({ frequency, minimumFigure, optimum, resistance }: NoisePoint, ohm: number, { unit = "Hz" }: TouchstoneOptions): string {
  const pair = pairText("MA", optimum, "noise.optimum");
  return `${numberText(frequency, SHIFTS[unit])} ${numberText(minimumFigure)} ${pair} ${numberText(resistance / ohm)}`;
}

function pairText(format: PairFormat, value: Complex, place: string): string {
  const [first, second] = toPair(format, value);
  if (Math.abs(first) === Number.POSITIVE_INFINITY || Math.abs(second) === Number.POSITIVE_INFINITY)
    throw new RangeError(say.notFinite(place, format));
  return `${numberText(first)} ${numberText(second)}`;
}
