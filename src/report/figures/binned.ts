interface Points {
  readonly t: readonly number[];
  readonly y: readonly number[];
  readonly sigma: readonly number[];
}

/** Means of runs of neighbouring points, for drawing only: more dots than pixels show nothing but a stain. Not finite points are left out. */
export function binned(points: Points, bins: number): Points {
  const rows = points.t.map((_, i) => i).filter((i) => Number.isFinite(points.t[i]) && Number.isFinite(points.y[i]));
  rows.sort((a, b) => points.t[a]! - points.t[b]!);
  const size = Math.max(1, Math.ceil(rows.length / bins));
  const [t, y, sigma]: number[][] = [[], [], []];
  for (let start = 0; start < rows.length; start += size) {
    const run = rows.slice(start, start + size);
    const sum = (f: (i: number) => number) => run.reduce((total, i) => total + f(i), 0);
    t!.push(sum((i) => points.t[i]!) / run.length);
    y!.push(sum((i) => points.y[i]!) / run.length);
    if (points.sigma.length === points.t.length) sigma!.push(Math.sqrt(sum((i) => points.sigma[i]! ** 2)) / run.length);
  }
  return { t: t!, y: y!, sigma: sigma! };
}
