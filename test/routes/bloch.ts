/** Bloch equations of PHYSICS.md sec. 0 in the rotating frame, integrated by Runge-Kutta steps: written out here, not taken from src. */
export interface BlochQubit {
  readonly total: number;
  readonly gamma2: number;
  readonly nEq: number;
  /** rad/s. */
  readonly omega: number;
  readonly delta: number;
}

/** Excited population at rising times, s, from equilibrium on. */
export function drivenPopulation({ total, gamma2, nEq, omega, delta }: BlochQubit, times: readonly number[]): number[] {
  const zEq = -(1 - 2 * nEq);
  const slope = ([u, v, w]: readonly number[]) => [
    -gamma2 * u! - delta * v!,
    -gamma2 * v! + delta * u! - omega * w!,
    -total * (w! - zEq) + omega * v!,
  ];
  let state: readonly number[] = [0, 0, zEq];
  let t = 0;
  return times.map((end) => {
    const steps = Math.ceil((end - t) * Math.max(omega, Math.abs(delta), total, gamma2) * 40);
    const h = (end - t) / steps;
    const moved = (k: readonly number[], f: number) => state.map((x, i) => x + f * k[i]!);
    for (let n = 0; n < steps; n++) {
      const k1 = slope(state);
      const k2 = slope(moved(k1, h / 2));
      const k3 = slope(moved(k2, h / 2));
      const k4 = slope(moved(k3, h));
      state = state.map((x, i) => x + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
    }
    t = end;
    return (1 + state[2]!) / 2;
  });
}
