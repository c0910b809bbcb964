/** Reads a NIST StRD non-linear regression file and differentiates its printed model by forward mode, so that no formula is copied by hand. */
export interface NistProblem {
  readonly name: string;
  readonly starts: readonly (readonly number[])[];
  readonly certified: readonly number[];
  readonly sigma: readonly number[];
  readonly residualSum: number;
  readonly y: readonly number[];
  readonly x: readonly (readonly number[])[];
  /** Value and gradient of the model. */
  readonly model: (b: ArrayLike<number>, x: readonly number[]) => Dual;
}

interface Dual {
  readonly v: number;
  readonly d: readonly number[];
}
type Expression = (b: ArrayLike<number>, x: readonly number[]) => Dual;

export function parseNist(name: string, text: string): NistProblem {
  const lines = text.split(/\r?\n/);
  const parameters = lines.filter((l) => /^ +b\d+ = /.test(l)).map((l) => l.split("=")[1]!.trim().split(/\s+/).map(Number));
  const from = lines.findIndex((l) => /^\s+(y|log\[y\])\s*=/.test(l));
  let model = "";
  for (let k = from; lines[k]!.trim() !== ""; k++) model += ` ${lines[k]!.trim()}`;
  const [left, right] = [model.slice(0, model.indexOf("=")), model.slice(model.indexOf("=") + 1)];
  const dataLine = lines.findIndex((l) => /^Data: +y/.test(l));
  const rows = lines
    .slice(dataLine + 1)
    .filter((l) => l.trim() !== "")
    .map((l) => l.trim().split(/\s+/).map(Number));
  const value = (key: string) => Number(lines.find((l) => l.startsWith(key))!.slice(key.length));
  const n = parameters.length;
  return {
    name,
    starts: [parameters.map((p) => p[0]!), parameters.map((p) => p[1]!)],
    certified: parameters.map((p) => p[2]!),
    sigma: parameters.map((p) => p[3]!),
    residualSum: value("Residual Sum of Squares:"),
    y: rows.map((r) => (left.includes("log") ? Math.log(r[0]!) : r[0]!)),
    x: rows.map((r) => r.slice(1)),
    model: expression(right.replace(/\+\s*e\s*$/, ""), n),
  };
}

function expression(source: string, n: number): Expression {
  const tokens = source
    .replace(/\[/g, "(")
    .replace(/\]/g, ")")
    .match(/\*\*|[-+*/()]|\d*\.?\d+(?:E[-+]?\d+)?|[a-z]+\d*/gi)!;
  let k = 0;
  const zero = new Array<number>(n).fill(0);
  const chain = (v: number, ...parts: [Dual, number][]): Dual => ({
    v,
    d: zero.map((_, j) => parts.reduce((s, [u, f]) => s + u.d[j]! * f, 0)),
  });
  const functions: Readonly<Record<string, (u: Dual) => Dual>> = {
    exp: (u) => chain(Math.exp(u.v), [u, Math.exp(u.v)]),
    cos: (u) => chain(Math.cos(u.v), [u, -Math.sin(u.v)]),
    sin: (u) => chain(Math.sin(u.v), [u, Math.cos(u.v)]),
    arctan: (u) => chain(Math.atan(u.v), [u, 1 / (1 + u.v * u.v)]),
  };
  const sum = (): Expression => {
    let left = product();
    while (tokens[k] === "+" || tokens[k] === "-") {
      const sign = tokens[k++] === "+" ? 1 : -1;
      const [a, c] = [left, product()];
      left = (b, x) => {
        const [u, w] = [a(b, x), c(b, x)];
        return chain(u.v + sign * w.v, [u, 1], [w, sign]);
      };
    }
    return left;
  };
  const product = (): Expression => {
    let left = unary();
    while (tokens[k] === "*" || tokens[k] === "/") {
      const times = tokens[k++] === "*";
      const [a, c] = [left, unary()];
      left = (b, x) => {
        const [u, w] = [a(b, x), c(b, x)];
        return times ? chain(u.v * w.v, [u, w.v], [w, u.v]) : chain(u.v / w.v, [u, 1 / w.v], [w, -u.v / w.v ** 2]);
      };
    }
    return left;
  };
  const unary = (): Expression => {
    if (tokens[k] !== "-") return power();
    k++;
    const a = unary();
    return (b, x) => {
      const u = a(b, x);
      return chain(-u.v, [u, -1]);
    };
  };
  const power = (): Expression => {
    const a = atom();
    if (tokens[k] !== "**") return a;
    k++;
    const c = unary();
    return (b, x) => {
      const [u, w] = [a(b, x), c(b, x)];
      const v = u.v ** w.v;
      return chain(v, [u, w.v * u.v ** (w.v - 1)], [w, u.v > 0 ? v * Math.log(u.v) : 0]);
    };
  };
  const atom = (): Expression => {
    const token = tokens[k++]!;
    if (token === "(") {
      const inner = sum();
      k++;
      return inner;
    }
    if (functions[token]) {
      const inner = atom();
      return (b, x) => functions[token]!(inner(b, x));
    }
    const parameter = /^b(\d+)$/.exec(token);
    if (parameter) {
      const j = Number(parameter[1]) - 1;
      return (b) => ({ v: b[j]!, d: zero.map((_, i) => (i === j ? 1 : 0)) });
    }
    const variable = /^x(\d*)$/.exec(token);
    if (variable) return (_, x) => ({ v: x[Number(variable[1] || 1) - 1]!, d: zero });
    const number = token === "pi" ? Math.PI : Number(token);
    if (Number.isNaN(number)) throw new Error(`token ${token} in ${source}`);
    return () => ({ v: number, d: zero });
  };
  return sum();
}
