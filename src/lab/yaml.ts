/** The only file that names yaml: a document with places. */
import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import { aliasNotAllowed, notAMapping, yamlSyntax } from "../core/messages/lab.ts";

export type Path = readonly (string | number)[];

/** One thing that is wrong, with its place. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A parsed lab file: its plain value, and where each part of it stands. */
export interface Located {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Line and column (from 1) of the value at a path; `key`: of the key itself. Falls back to the nearest parent that exists. */
  at(path: Path, key?: boolean): { readonly line: number; readonly column: number };
}

/** Parses YAML 1.2. Syntax errors, doubled keys, aliases and anything but a mapping at the root are problems with their place. */
export function parseLocated(text: string): Located {
  const lines = new LineCounter();
  const doc: Document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false, strict: true, merge: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems: Problem[] = doc.errors.map((e) => ({ ...place(e.pos[0]), message: yamlSyntax(e.message) }));
  visit(doc, {
    Alias(_key, node) {
      problems.push({ ...place(node.range?.[0] ?? 0), message: aliasNotAllowed() });
    },
  });
  if (problems.length === 0 && doc.contents !== null && !isMap(doc.contents)) problems.push({ ...place(0), message: notAMapping() });
  const at: Located["at"] = (path, key = false) => {
    let node: Node | null = doc.contents as Node | null;
    let offset = node?.range?.[0] ?? 0;
    for (const [i, step] of path.entries()) {
      if (isMap(node)) {
        const pair = node.items.find((p) => isPair(p) && isScalar(p.key) && String(p.key.value) === String(step));
        if (!pair) break;
        const keyNode = isNode(pair.key) ? pair.key : null;
        node = isNode(pair.value) ? pair.value : null;
        const last = i === path.length - 1;
        const at = last && key ? keyNode : (node ?? keyNode);
        offset = at?.range?.[0] ?? offset;
        if (last && key) break;
      } else if (isSeq(node)) {
        const item: unknown = node.items[Number(step)];
        if (!isNode(item)) break;
        node = item;
        offset = node.range?.[0] ?? offset;
      } else break;
      if (isAlias(node)) break;
    }
    return place(offset);
  };
  return { value: problems.length === 0 ? plain(doc) : undefined, problems, at };
}

/** Dates stay text (`2026-09-03`), an empty file is an empty mapping. */
function plain(doc: Document): unknown {
  return doc.toJS({ maxAliasCount: 0 }) ?? {};
}
