import type { Parameter } from "./to-scattering.ts";

/** What a file calls a column of network parameters. `PortZ[2]`: the reference impedance of port 2. */
export type NamedParameter =
  | { readonly letter: Parameter; readonly receiving: number; readonly driven: number }
  /** `S` alone, of a measurement that states no ports. */
  | { readonly letter: "S" }
  | { readonly letter: "PortZ"; readonly port: number };

/** Reads `S[2,1]`, `S(2,1)`, `S21`, `s2_1`, `Y[1,1]`, `PortZ[1]`; undefined for any other name. */
export function parameterNamed(text: string): NamedParameter | undefined {
  const name = text.trim();
  if (/^s$/i.test(name)) return { letter: "S" };
  const port = /^portz\s*[[(](\d{1,3})[\])]$/i.exec(name);
  if (port !== null) return { letter: "PortZ", port: Number(port[1]) };
  const match = /^([SYZGH])\s*(?:[[(]\s*(\d{1,3})\s*,\s*(\d{1,3})\s*[\])]|(\d{1,3})[,_](\d{1,3})|(\d)(\d))$/i.exec(name);
  if (match === null) return undefined;
  const receiving = Number(match[2] ?? match[4] ?? match[6]);
  const driven = Number(match[3] ?? match[5] ?? match[7]);
  if (receiving === 0 || driven === 0) return undefined;
  return { letter: match[1]!.toUpperCase() as Parameter, receiving, driven };
}
