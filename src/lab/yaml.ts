/** The only file that names yaml: a document with places. */
import { type Document, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import { aliasNotAllowed, keyNotText, keyTwice, notAMapping, notAName, tagNotAllowed, tooDeep, yamlSyntax } from "../core/messages/lab.ts";

export type Path = readonly (string | number)[];

/** One thing that is wrong, with its place. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A parsed lab file: its plain value, and where each part of it stands. */
export interface Located {
  /** Mappings (without prototype), lists, texts as they are written (`007` stays `007`), null where nothing stands. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Line and column (from 1) of the value at a path; `key`: of the key itself. Falls back to the nearest parent that exists. */
  at(path: Path, key?: boolean): { readonly line: number; readonly column: number };
}

/**
 * Parses YAML 1.2 without guessing types: what a word means is for the schema to say. Syntax errors, doubled keys, references, tags and anything but a
 * mapping at the root are problems with their place.
 */
export function parseLocated(text: string): Located {
  const deep = tooDeepAt(text);
  if (deep) return { value: undefined, problems: [{ ...deep, message: tooDeep() }], at: () => deep };
  const lines = new LineCounter();
  const doc: Document = parseDocument(text, {
    ...{ schema: "failsafe", lineCounter: lines, uniqueKeys: false, prettyErrors: false, strict: true },
  });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const exhausted = doc.errors.find((e) => e.code === "RESOURCE_EXHAUSTION");
  if (exhausted)
    return { value: undefined, problems: [{ ...place(exhausted.pos[0]), message: tooDeep() }], at: () => place(exhausted.pos[0]) };
  const problems: Problem[] = doc.errors.map((e) => ({ ...place(e.pos[0]), message: yamlSyntax(e.code) }));
  for (const w of doc.warnings)
    problems.push({ ...place(w.pos[0]), message: w.code === "BAD_DIRECTIVE" ? yamlSyntax(w.code) : tagNotAllowed() });
  visit(doc, {
    Alias(_key, node) {
      problems.push({ ...place(node.range?.[0] ?? 0), message: aliasNotAllowed() });
    },
    Map(_key, { items }) {
      const first = new Map<string, number>();
      for (const { key } of items) {
        const at = place(isNode(key) ? (key.range?.[0] ?? 0) : 0);
        if (!isScalar(key)) {
          problems.push({ ...at, message: keyNotText() });
          continue;
        }
        const name = String(key.value);
        const line = first.get(name);
        if (line !== undefined) problems.push({ ...at, message: keyTwice(name, line) });
        // Objects cannot hold this name as a key of their own.
        if (name === "__proto__") problems.push({ ...at, message: notAName(name) });
        first.set(name, line ?? at.line);
      }
    },
  });
  const root = doc.contents as Node | null;
  const empty = root === null || (isScalar(root) && plain(root) === null);
  if (problems.length === 0 && !empty && !isMap(root)) problems.push({ ...place(root.range?.[0] ?? 0), message: notAMapping() });
  return {
    value: problems.length > 0 ? undefined : empty ? Object.create(null) : plain(root),
    problems,
    at: (path, key = false) => place(offsetOf(root, path, key)),
  };
}

/** Far above what a lab file needs, far below what exhausts the stack. */
const DEEPEST = 100;

/** Where brackets (counted without regard to quotes) or indented lists are nested beyond any sense. */
function tooDeepAt(text: string): { readonly line: number; readonly column: number } | undefined {
  let depth = 0;
  for (const [i, line] of text.split("\n").entries()) {
    const dashes = /^[ ]*(?:[-?] +){100}/.exec(line);
    if (dashes) return { line: i + 1, column: dashes[0].length };
    for (let c = 0; c < line.length; c++) {
      if ("[{".includes(line[c]!)) depth++;
      else if ("]}".includes(line[c]!)) depth = Math.max(0, depth - 1);
      if (depth > DEEPEST) return { line: i + 1, column: c + 1 };
    }
  }
  return undefined;
}

function offsetOf(root: Node | null, path: Path, key: boolean): number {
  let node: Node | null = root;
  let offset = node?.range?.[0] ?? 0;
  for (const [i, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((p) => isPair(p) && isScalar(p.key) && p.key.value === String(step));
      if (!pair) break;
      const keyNode = pair.key as Node;
      node = isNode(pair.value) ? pair.value : null;
      // Where nothing stands behind the colon, the key is the place.
      const shown = (key && i === path.length - 1) || !node || plain(node) === null ? keyNode : node;
      offset = shown.range?.[0] ?? offset;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (!isNode(item)) break;
      node = item;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** Unquoted `null`, `~` and nothing are null; everything else that is no collection is text. */
function plain(node: unknown): unknown {
  if (isMap(node)) {
    const result = Object.create(null) as Record<string, unknown>;
    for (const { key, value } of node.items) result[isScalar(key) ? String(key.value) : ""] = plain(value);
    return result;
  }
  if (isSeq(node)) return node.items.map(plain);
  if (!isScalar(node)) return null;
  return node.type === "PLAIN" && /^(?:|~|null)$/.test(String(node.value)) ? null : String(node.value ?? "");
}
