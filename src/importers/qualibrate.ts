import { ImportError } from "../core/errors.ts";
import { qubitJsonMessages as say } from "../core/messages/import-qubit-json.ts";
import type { Dataset } from "../tables/dataset.ts";
import { arrayDatasets } from "./arrays/datasets.ts";
import type { NamedArray } from "./arrays/named-array.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { type Json, numbersIn, parseJson } from "./json.ts";
import { numpyArrays } from "./npz.ts";

/**
 * QUAlibrate and qualang_tools' DataHandler: `data.json`, whose texts `./arrays.npz#name` stand for arrays in an archive beside it, and `node.json`
 * with the name and the time of the measurement. Units are only in names, or stated in the lab file.
 */
export const qualibrate: Importer = {
  name: "qualibrate",
  version: 2,
  reference: "https://github.com/qua-platform/py-qua-tools/tree/main/qualang_tools/results/data_handler",
  recognise: ({ text, name }: Probe): number => (text !== undefined && name === "data.json" && REFERENCE.test(text) ? 0.9 : 0),
  companions: (name) => (name === "data.json" ? /^(?:node\.json|arrays\.npz)$/ : undefined),
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const { path } = file.probe;
    const content = parseJson(await file.text(), path);
    const arrays: NamedArray[] = [];
    const archives = new Map<string, readonly NamedArray[]>();
    for (const { at, value } of leaves(content, path)) {
      const array = typeof value === "string" ? await referred(file, at, value, archives) : inline(at, value);
      if (array !== undefined) arrays.push(array);
    }
    const node = await file.sibling("node.json");
    const { name, started } = node === undefined ? { name: "", started: "" } : nodeOf(node, path);
    return arrayDatasets(arrays, { path, words: { name: name || path, prose: "" }, started }, hints);
  },
};

const REFERENCE = /"\.\/[^"#/\\]+\.npz#[^"]*"/;
/** Deeper than any result that a node saves. */
const DEEPEST = 20;

interface Leaf {
  readonly at: string;
  readonly value: Json;
}

/** Everything in the file that is no object, with its path; lists of numbers are one leaf. */
function leaves(value: Json, file: string, at = "", depth = 0): Leaf[] {
  if (depth > DEEPEST) throw new ImportError(say.deep(), `${file}:${at.slice(0, 60)}`);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [{ at, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, file, at === "" ? key : `${at}/${key}`, depth + 1));
}

function inline(path: string, value: Json): NamedArray | undefined {
  if (typeof value === "number") return { path, shape: [], values: Float64Array.of(value) };
  const numbers = numbersIn(value);
  return numbers === undefined || numbers.values.length === 0 ? undefined : { path, ...numbers };
}

async function referred(
  file: FileContent,
  at: string,
  text: string,
  archives: Map<string, readonly NamedArray[]>,
): Promise<NamedArray | undefined> {
  const reference = /^(?:\.\/)?([^#]+\.npz)#(.*)$/.exec(text);
  if (reference === null) return undefined;
  const [, name, key] = reference as unknown as [string, string, string];
  const place = `${file.probe.path}:${at}`;
  if (/[/\\]/.test(name)) throw new ImportError(say.outside(text), place);
  const folder = file.probe.path.slice(0, file.probe.path.lastIndexOf("/") + 1);
  if (!archives.has(name)) {
    const bytes = await file.sibling(name);
    if (bytes === undefined) throw new ImportError(say.missingArchive(text), place);
    archives.set(name, numpyArrays(bytes, folder + name));
  }
  const arrays = archives.get(name)!;
  const found = arrays.find((a) => a.path === key);
  if (found === undefined)
    throw new ImportError(
      say.missingArray(
        text,
        arrays.map((a) => a.path),
      ),
      place,
    );
  return { ...found, path: at };
}

/** Name and time of the measurement: `metadata.name`, `created_at`. */
function nodeOf(bytes: Uint8Array, path: string): { name: string; started: string } {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const node = parseJson(new TextDecoder().decode(bytes), `${folder}node.json`);
  const text = (value: Json | undefined) => (typeof value === "string" ? value : "");
  const member = (value: Json | undefined, key: string): Json | undefined =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, Json>>)[key] : undefined;
  const metadata = member(node, "metadata");
  const started = text(member(metadata, "run_start")) || text(member(node, "created_at"));
  return { name: text(member(metadata, "name")), started: /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(started) ? started : "" };
}
