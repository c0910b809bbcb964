/**
 * The portable test series of NIST SP 1065 (Riley, Handbook of Frequency Stability Analysis, 2008), sec. 12.4: n_0 = 1234567890,
 * n_{i+1} = 16807 n_i mod 2147483647, divided by 2147483647.
 */
export function nistFrequencyData(count: number): number[] {
  const out: number[] = [];
  let n = 1234567890;
  for (let i = 0; i < count; i++) {
    out.push(n / 2147483647);
    n = (16807 * n) % 2147483647;
  }
  return out;
}
