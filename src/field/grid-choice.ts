import type { Resolution } from "./evaluator.ts";
import { type Grid, gridOf } from "./grid.ts";
import { distinct } from "./lattice.ts";
import type { Experiment, FieldProblem } from "./problem.ts";

/** A place where the cells must be small: within three widths of its centre. */
interface Detail {
  readonly centre: number;
  readonly width: number;
}

/** A Gaussian is resolved by cells of half its width (sec. 4: the centre of a cell then differs from its mean by 1 %). */
const CELLS_PER_WIDTH = 2;
/** Positions closer than this part of the domain are one. */
const SAME = 1e-6;
/** Part of a cell by which an edge is moved to the jump of a region rather than one more put there. */
const MOVED = 0.3;
/** Spacings of a map that change by more than this from one to the next are no lattice. */
const SMOOTH = 1.6;

/**
 * The grid with `multiple` cells (odd) per spacing of the data: 1 = the data's own, only good enough for a first approach; at least 3 for a result.
 * The points of a map on a lattice are centres of cells; cells are smaller where spots of sources, defects and the sensors' own spread ask for it.
 */
export function gridFor(problem: FieldProblem, multiple: number): Grid {
  const edges = problem.domain.map(([low, high], axis) => {
    const details = detailsOf(problem, axis, multiple);
    const lattice = latticeAlong(problem, axis);
    const cells = lattice
      ? latticeEdges(low, high, lattice, multiple, details)
      : gradedEdges(low, high, typicalSpacing(problem, axis) / multiple, details);
    return withJumps(cells, jumpsOf(problem, axis));
  });
  return gridOf(edges[0]!, edges[1]);
}

/** The data's own grid: for the first steps of a fit. */
export const coarseGrid = (problem: FieldProblem): Resolution => ({ grid: gridFor(problem, 1), refinement: 1 });

function positionsOf(experiment: Experiment, axis: number): Float64Array {
  return axis === 0 ? experiment.points.x : experiment.points.y!;
}

/** The coordinates of the finest map on a lattice, with spacings that change smoothly; undefined where there is none. */
function latticeAlong(problem: FieldProblem, axis: number): Float64Array | undefined {
  const lattices = problem.experiments.map((e) => {
    const own = distinct(positionsOf(e, axis));
    const others = problem.dimensions === 1 ? 1 : distinct(positionsOf(e, 1 - axis)).length;
    // Scattered sensors have nearly as many different coordinates as sensors.
    const filled = e.points.x.length >= 0.5 * own.length * others;
    const smooth = own.every((v, i) => {
      if (i < 2) return true;
      const ratio = (v - own[i - 1]!) / (own[i - 1]! - own[i - 2]!);
      return ratio < SMOOTH && ratio > 1 / SMOOTH;
    });
    return filled && smooth && own.length > 1 ? own : undefined;
  });
  const spacing = (xs: Float64Array) => (xs.at(-1)! - xs[0]!) / (xs.length - 1);
  return lattices.filter((xs) => xs !== undefined).sort((a, b) => spacing(a) - spacing(b))[0];
}

/** Coordinates at which regions end: a field that jumps within a cell is off by a part of the cell. */
function jumpsOf({ gamma0, gamma2 }: FieldProblem, axis: number): number[] {
  const boxes = [gamma0, gamma2].flatMap((law) => (law.type === "regions" ? law.regions.boxes : []));
  return boxes.flatMap(({ low, high }) => [low[axis]!, high[axis]!]);
}

/** The edges with one at each jump inside: the nearest one moved there where it is near, else one more. */
function withJumps(edges: readonly number[], jumps: readonly number[]): number[] {
  const out = [...edges];
  for (const jump of jumps) {
    const above = out.findIndex((e) => e > jump);
    if (above <= 0 || !(jump > out[0]!)) continue;
    const [low, high] = [out[above - 1]!, out[above]!];
    const near = jump - low < high - jump ? above - 1 : above;
    const outermost = near === 0 || near === out.length - 1;
    if (Math.abs(out[near]! - jump) < MOVED * (high - low) && !outermost) out[near] = jump;
    else if (jump > low) out.splice(above, 0, jump);
  }
  return out;
}

/** Length of the domain per sensor along one axis, for sensors that stand anywhere. */
function typicalSpacing(problem: FieldProblem, axis: number): number {
  const [low, high] = problem.domain[axis]!;
  const most = Math.max(...problem.experiments.map((e) => e.points.x.length));
  const [width, other] = [high - low, problem.domain[1 - axis]];
  return problem.dimensions === 1 || !other ? width / most : Math.sqrt((width * (other[1] - other[0])) / most);
}

function detailsOf(problem: FieldProblem, axis: number, multiple: number): Detail[] {
  // Widths count more on the coarse grid of the first steps: there half the resolution is enough.
  const scale = (CELLS_PER_WIDTH * multiple) / 3;
  const details: Detail[] = [];
  const add = (centre: number, width: number) => {
    // The fit works with means over cells: what is much narrower than the data's spacing needs no more than a fifth of its cells.
    if (width > 0) details.push({ centre, width: Math.max(width / scale, typicalSpacing(problem, axis) / (5 * multiple)) });
  };
  if (problem.gamma0.type === "spots") for (const s of problem.gamma0.spots) add(s.centre[axis]!, s.width);
  for (const e of problem.experiments) {
    for (const { shape } of e.sources) if (shape.type === "spot") add(shape.centre[axis]!, shape.width);
  }
  return details;
}

/** Largest cell that the details allow between two places. */
function allowed(from: number, to: number, details: readonly Detail[]): number {
  let size = Number.POSITIVE_INFINITY;
  for (const { centre, width } of details) {
    const reach = 3 * CELLS_PER_WIDTH * width;
    if (to > centre - reach && from < centre + reach) size = Math.min(size, width);
  }
  return size;
}

/** Each point's own interval (to the middle of its neighbours) in an odd number of cells; what lies beyond the outermost in cells of the same size. */
function latticeEdges(low: number, high: number, points: Float64Array, multiple: number, details: readonly Detail[]): number[] {
  const tolerance = SAME * (high - low);
  const inside = points.filter((p) => p >= low - tolerance && p <= high + tolerance);
  const between = inside.slice(1).map((p, i) => (p + inside[i]!) / 2);
  const [first, last] = [2 * inside[0]! - between[0]!, 2 * inside.at(-1)! - between.at(-1)!];
  const edges = [low];
  const fill = (to: number, size: number, odd: boolean) => {
    const from = edges.at(-1)!;
    if (!(to - from > tolerance)) return;
    const cells = Math.max(1, Math.ceil((to - from) / Math.min(size, allowed(from, to, details)) - 1e-6));
    const count = odd && cells % 2 === 0 ? cells + 1 : cells;
    for (let i = 1; i <= count; i++) edges.push(i === count ? to : from + ((to - from) * i) / count);
  };
  const size = (i: number) =>
    (i === 0 ? between[0]! - first : i === inside.length - 1 ? last - between.at(-1)! : between[i]! - between[i - 1]!) / multiple;
  if (first > low + tolerance) fill(Math.min(first, high), size(0), false);
  inside.forEach((_, i) => {
    fill(Math.min(between[i] ?? last, high), size(i), true);
  });
  fill(high, size(inside.length - 1), false);
  edges[edges.length - 1] = high;
  return edges;
}

/** Cells of equal size, smaller near details, with sizes that change by at most a fifth from one to the next. */
function gradedEdges(low: number, high: number, size: number, details: readonly Detail[]): number[] {
  const steps = 2000;
  const at = (i: number) => low + ((high - low) * i) / steps;
  const density = Float64Array.from({ length: steps }, (_, i) => {
    const x = at(i + 0.5);
    let h = size;
    for (const { centre, width } of details) {
      const outside = Math.max(0, Math.abs(x - centre) - 3 * CELLS_PER_WIDTH * width);
      h = Math.min(h, width + 0.2 * outside);
    }
    return (high - low) / steps / h;
  });
  const total = density.reduce((a, b) => a + b, 0);
  const cells = Math.max(2, Math.ceil(total - 1e-6));
  const edges = [low];
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const before = sum;
    sum += density[i]!;
    while (edges.length < cells && (edges.length * total) / cells <= sum) {
      const share = ((edges.length * total) / cells - before) / density[i]!;
      edges.push(at(i + share));
    }
  }
  edges.push(high);
  return edges;
}
