/** What the store keeps of a value: a text and arrays of numbers. */
export interface Encoded {
  readonly text: string;
  readonly arrays: readonly Float64Array[];
}

/** How a stage's result is stored. `decode(encode(x))` equals x; both throw rather than lose something. */
export interface Codec<T> {
  encode(value: T): Encoded;
  decode(stored: Encoded): T;
}

/** Lists of numbers at least this long are stored as arrays, which is smaller, faster and exact. */
const ARRAY_FROM = 8;

/**
 * Plain data (objects, lists, texts, numbers, booleans, null, undefined, Float64Array) as JSON in which an object with the single member `$`
 * stands for what JSON cannot say: NaN, infinities, -0, undefined, arrays of numbers.
 * @throws TypeError on anything else (functions, dates, maps, class instances, bigints, cycles), naming the path.
 */
export function jsonCodec<T>(): Codec<T> {
  return {
    encode(value) {
      const arrays = new Map<Float64Array, number>();
      return { text: write(value, arrays, [], "value"), arrays: [...arrays.keys()] };
    },
    decode: ({ text, arrays }) => revive(JSON.parse(text), arrays) as T,
  };
}

function write(value: unknown, arrays: Map<Float64Array, number>, above: readonly object[], path: string): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0) ? String(value) : `{"$":"${Object.is(value, -0) ? "-0" : value}"}`;
  if (value === undefined) return '{"$":"undefined"}';
  if (typeof value !== "object") throw new TypeError(`${path} is a ${typeof value}, which cannot be stored`);
  if (value instanceof Float64Array) return `{"$":["f",${indexOf(value, arrays)}]}`;
  if (above.includes(value)) throw new TypeError(`${path} contains itself`);
  const inside = [...above, value];
  if (Array.isArray(value)) {
    if (value.length >= ARRAY_FROM && isNumbers(value)) return `{"$":["n",${indexOf(Float64Array.from(value), arrays)}]}`;
    return `[${Array.from(value, (v, i) => write(v, arrays, inside, `${path}[${i}]`)).join(",")}]`;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${path} is a ${value.constructor?.name ?? "class instance"}, which cannot be stored`);
  const members = Object.entries(value).map(([name, v]) => `${JSON.stringify(name)}:${write(v, arrays, inside, `${path}.${name}`)}`);
  const text = `{${members.join(",")}}`;
  // An object that looks like one of the marks is wrapped, so that data never read as marks.
  return members.length === 1 && "$" in value ? `{"$":["o",${text}]}` : text;
}

/** One and the same Float64Array is stored once, and comes back as one. */
function indexOf(array: Float64Array, arrays: Map<Float64Array, number>): number {
  const index = arrays.get(array) ?? arrays.size;
  arrays.set(array, index);
  return index;
}

function isNumbers(list: readonly unknown[]): boolean {
  for (let i = 0; i < list.length; i++) if (typeof list[i] !== "number") return false;
  return true;
}

const MARKED: ReadonlyMap<unknown, unknown> = new Map<unknown, unknown>([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["-0", -0],
  ["undefined", undefined],
]);

function revive(value: unknown, arrays: readonly Float64Array[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((v) => revive(v, arrays));
  const record = value as Record<string, unknown>;
  const names = Object.keys(record);
  if (names.length === 1 && names[0] === "$") return marked(record.$, arrays);
  reviveMembers(record, names, arrays);
  return record;
}

/** In place: JSON.parse makes `__proto__` an ordinary member, a new object literal would not. */
function reviveMembers(record: Record<string, unknown>, names: readonly string[], arrays: readonly Float64Array[]): void {
  for (const name of names) if (typeof record[name] === "object") record[name] = revive(record[name], arrays);
}

function marked(mark: unknown, arrays: readonly Float64Array[]): unknown {
  if (MARKED.has(mark)) return MARKED.get(mark);
  if (Array.isArray(mark) && mark.length === 2) {
    const [type, content] = mark as [unknown, unknown];
    const numbers = typeof content === "number" ? arrays[content] : undefined;
    if (type === "f" && numbers) return numbers;
    if (type === "n" && numbers) return Array.from(numbers);
    if (type === "o" && typeof content === "object" && content !== null) {
      const record = content as Record<string, unknown>;
      reviveMembers(record, Object.keys(record), arrays);
      return record;
    }
  }
  throw new TypeError(`stored value holds the unknown mark ${JSON.stringify(mark)}`);
}
