import type { Block, Change } from "./blocks.ts";
import { gaussianOn } from "./gaussian.ts";
import { numberOf, type Parameter, slopeOf } from "./parameters.ts";
import type { FieldProblem, SourceShape, SourceTerm } from "./problem.ts";
import { type SourceMap, sourceMap } from "./source-map.ts";

type Spot = Extract<SourceShape, { type: "spot" }>;

/**
 * All sources of all experiments: maps, and Gaussian spots `power/(2 pi w^2)^(d/2) exp(-r^2/2w^2)` (what lies beyond the domain is not absorbed), times
 * `exp(theta)` for each name whose size is relative, or known with a stated error: then theta has that as its prior, and the data may know it better.
 * Terms of one name share their scale and their free numbers.
 */
export function sourceLaw(problem: FieldProblem): Block {
  const terms = problem.experiments.flatMap(({ sources }, experiment) => sources.map((term, source) => ({ ...term, experiment, source })));
  const parameters: Parameter[] = [];
  const number = (parameter: Omit<Parameter, "coefficient">): number => {
    const known = parameters.findIndex((p) => p.name === parameter.name);
    return known >= 0 ? known : parameters.push({ ...parameter, coefficient: false }) - 1;
  };
  const prepared = terms.map((term) => {
    const { shape, name } = term;
    const scale = scaleParameter(term);
    const scaleIndex = scale && number(scale);
    if (shape.type === "map") return { ...term, scaleIndex, map: sourceMap(problem, shape.points, shape.values) };
    return { ...term, scaleIndex, spot: shape, free: spotParameters(shape, name, number) };
  });
  return {
    parameters,
    on(grid) {
      const maps = new Map<SourceMap, Float64Array>();
      for (const term of prepared) if ("map" in term) maps.set(term.map, term.map(grid));
      const valueAt = (theta: Float64Array, j: number | undefined, given: number) =>
        j === undefined ? given : numberOf(parameters[j]!, theta[j]!);
      const spotAt = (theta: Float64Array, spot: Spot, free: FreeNumbers) => {
        const centre = spot.centre.map((c, d) => valueAt(theta, free.centre?.[d], c));
        const width = valueAt(theta, free.width, spot.width);
        const height = valueAt(theta, free.power, spot.power) / (Math.sqrt(2 * Math.PI) * width) ** centre.length;
        return { ...gaussianOn(grid, centre, width), height, dimensions: centre.length };
      };
      return {
        put(theta, fields) {
          for (const term of prepared) {
            const scale = valueAt(theta, term.scaleIndex, 1);
            const place = fields.densities[term.experiment]!;
            if ("map" in term) place[term.source] = maps.get(term.map)!.map((v) => scale * v);
            else {
              const { value, height } = spotAt(theta, term.spot, term.free);
              place[term.source] = value.map((v) => scale * height * v);
            }
          }
        },
        change(theta, j, fields): Change {
          const densities: (Float64Array | undefined)[][] = fields.densities.map(() => []);
          for (const term of prepared) {
            const density = fields.densities[term.experiment]![term.source]!;
            const put = (v: Float64Array) => {
              densities[term.experiment]![term.source] = v;
            };
            if (term.scaleIndex === j) put(density);
            if ("map" in term) continue;
            if (term.free.power === j) put(density);
            const axis = term.free.centre?.indexOf(j) ?? -1;
            if (axis < 0 && term.free.width !== j) continue;
            const { byCentre, byLogWidth, value, height, dimensions } = spotAt(theta, term.spot, term.free);
            const factor = height * valueAt(theta, term.scaleIndex, 1);
            if (axis >= 0) put(byCentre[axis]!.map((v) => factor * slopeOf(parameters[j]!, theta[j]!) * v));
            else put(byLogWidth.map((v, k) => factor * (v - dimensions * value[k]!)));
          }
          return { densities };
        },
      };
    },
  };
}

/** The size of a source as a parameter; undefined where it is exact, or nothing is stated of its error (`sourceScales` asks the data then). */
function scaleParameter({ name, scale, sigma }: SourceTerm): Omit<Parameter, "coefficient"> | undefined {
  const parameter = { kind: "scale", name: `scale ${name}`, unit: "1", log: true, reference: 1, size: 1 } as const;
  if (scale === "relative") return parameter;
  return sigma > 0 ? { ...parameter, stated: { source: name, sigma } } : undefined;
}

/** The same with every known source exactly as large as stated: what is asked before errors matter. */
export function withExactSources(problem: FieldProblem): FieldProblem {
  const exact = (term: SourceTerm) => (term.scale === "known" ? { ...term, sigma: 0 } : term);
  return { ...problem, experiments: problem.experiments.map((e) => ({ ...e, sources: e.sources.map(exact) })) };
}

/** Numbers of a spot's free parameters; absent = not free. */
interface FreeNumbers {
  readonly centre?: readonly number[];
  readonly width?: number;
  readonly power?: number;
}

function spotParameters(spot: Spot, name: string, number: (parameter: Omit<Parameter, "coefficient">) => number): FreeNumbers {
  const kind = "spot" as const;
  const has = (what: Spot["free"][number]) => spot.free.includes(what);
  return {
    ...(has("centre") && {
      centre: spot.centre.map((c, d) =>
        number({ kind, name: `${name} ${d === 0 ? "x" : "y"}`, unit: "m", log: false, reference: c, size: spot.width }),
      ),
    }),
    ...(has("width") && { width: number({ kind, name: `${name} width`, unit: "m", log: true, reference: spot.width, size: 1 }) }),
    ...(has("power") && { power: number({ kind, name: `${name} power`, unit: "W", log: true, reference: spot.power, size: 1 }) }),
  };
}
