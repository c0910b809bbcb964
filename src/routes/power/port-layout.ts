import { type Check, check } from "../../core/check.ts";
import { columnWants, complexOnly, noColumn, noCouplings } from "../../core/messages/ports.ts";
import type { Geometry, QubitFacts } from "../../lab/lab.ts";
import type { PortGeometry } from "../../physics/ports.ts";
import { columnsOf } from "../../tables/dataset.ts";
import type { PowerDataset } from "./input.ts";

/** How the effective S of the driven port, with `W = 2 P (1 - Re S)`, is made from what was measured (PHYSICS.md sec. 1). */
export interface PortLayout {
  readonly geometry: Geometry;
  /** Law that the effective S follows: depth Gr|z_eq|/G2 at the end of a line, half of it beside one. */
  readonly law: PortGeometry;
  /**
   * `ratio`: S over its qubit-off value. `both`: S21 and S11 of a two-sided line over the qubit-off S21. `column`: all ports, driven through one.
   * `wave`: what the qubit emits, `1 - factor S/S_chain`, where there is no direct path.
   */
  readonly reading: "ratio" | "both" | "column" | "wave";
  readonly port: string;
  readonly others: readonly string[];
  readonly factor: number;
}

/** Receiving and driven port that carries the qubit, best first; "" = a file that names no port. */
const PORTS: Readonly<Record<"reflection" | "through", readonly string[]>> = {
  // A circulator turns a reflection into a transmission between the instrument's ports: 21 stands behind 11, not out of the question.
  reflection: ["11", "", "22", "21", "12"],
  through: ["21", "", "12"],
};

/** The layout for the stated geometry, else for the one that the ports suggest; a check where the data lack what it needs. */
export function portLayout(
  qubit: QubitFacts,
  scattering: readonly PowerDataset[],
  references: readonly PowerDataset[],
): PortLayout | Check {
  const ports = portsOf(scattering);
  const geometry = qubit.geometry ?? (ports.has("") || ports.has("11") ? "reflection" : "two-sided");
  const one = { geometry, others: [], factor: 1 } as const;
  const refuse = (wants: string) => check("unsupported_geometry", false, noColumn(geometry, [...ports.keys()].sort(), wants));
  if (geometry === "multiport") {
    const driven = qubit.driven_port ?? drivenPort(ports);
    const column = [...ports.keys()].filter((p) => p.length === 2 && p[1] === String(driven)).sort();
    const [port, ...others] = column;
    if (port === undefined || others.length === 0) return refuse(columnWants(driven));
    if (column.some((p) => !ports.get(p))) return check("unsupported_geometry", false, complexOnly(geometry));
    return { ...one, law: "one-port", reading: "column", port, others };
  }
  if (geometry === "separate-ports") {
    const port = [...PORTS.through, ...ports.keys()].find((p) => ports.has(p));
    const { couplings } = qubit;
    if (port === undefined) return refuse("S21");
    if (!couplings) return check("no_couplings", false, noCouplings());
    const factor = Math.sqrt(couplings.drive.quantity.value / couplings.detect.quantity.value);
    return { ...one, law: "one-port", reading: "wave", port, factor };
  }
  if (geometry === "reflection") {
    const port = PORTS.reflection.find((p) => ports.has(p));
    return port === undefined ? refuse("S11") : { ...one, law: "one-port", reading: "ratio", port };
  }
  const port = PORTS.through.find((p) => ports.has(p));
  if (port === undefined) {
    if (ports.get("11")) return { ...one, law: "two-sided", reading: "wave", port: "11", factor: -1 };
    return refuse("S21");
  }
  const off = portsOf(references);
  const back = port === "21" && ports.get("21") && ports.get("11") && off.get("21") && off.get("11");
  const detuned = references.every((r) => (r.entry?.off ?? "detuned") === "detuned");
  if (back && detuned) return { ...one, law: "two-sided", reading: "both", port, others: ["11"] };
  return { ...one, law: "two-sided", reading: "ratio", port };
}

/**
 * Names under which a reference may hold the layout's port, its own first: a file that names no port holds the only S there is, S11 at the end of a line
 * and S21 beside one.
 */
export function referencePorts({ geometry, port, others }: PortLayout): readonly string[] {
  const only = ["", geometry === "reflection" ? "11" : "21"];
  return others.length === 0 && only.includes(port) ? [port, ...only.filter((p) => p !== port)] : [port];
}

/** Ports that every dataset holds, and whether complex. */
export function portsOf(datasets: readonly PowerDataset[]): ReadonlyMap<string, boolean> {
  const each = datasets.map(({ dataset }) => {
    const found = new Map<string, boolean>();
    for (const c of columnsOf(dataset)) {
      const port = c.port ?? "";
      if (c.role === "s_im") found.set(port, true);
      else if ((c.role === "s_re" || c.role === "s_mag") && !found.has(port)) found.set(port, false);
    }
    return found;
  });
  const [first = new Map<string, boolean>(), ...rest] = each;
  return new Map(
    [...first].filter(([p]) => rest.every((e) => e.has(p))).map(([p, complex]) => [p, complex && rest.every((e) => e.get(p))]),
  );
}

/** The lowest driven port of which most columns were measured. */
function drivenPort(ports: ReadonlyMap<string, boolean>): number {
  const counts = new Map<number, number>();
  for (const p of ports.keys()) if (p.length === 2) counts.set(Number(p[1]), (counts.get(Number(p[1])) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || a - b)[0]?.[0] ?? 1;
}
