import { fileCounts, noFailures, noFiles, notesMore } from "../../core/messages/report.ts";
import { CAPS } from "../caps.ts";
import { type Html, html } from "../html.ts";
import { label, none } from "../names.ts";
import { plain } from "../number.ts";
import type { Section } from "../section.ts";
import type { Study, StudyFile } from "../study.ts";
import { folded, sentence, table } from "../table.ts";

/** All files with status, importer and notes; failures first. */
export const files: Section = {
  id: "files",
  title: "Files and failures",
  render(study) {
    return html`${failures(study)}${list(study.files)}`;
  },
};

function failures(study: Study): Html {
  if (study.failures.length === 0) return sentence(noFailures());
  return table({
    name: "Failures",
    columns: [{ head: "file" }, { head: "place" }, { head: "what happened and what to do", wide: true }],
    rows: study.failures.map((f) => [
      label(f.file, 72),
      f.place === "" ? none("the failure concerns the whole file") : label(f.place, 60),
      html`<bdi>${f.message}</bdi>`,
    ]),
  });
}

function list(all: readonly StudyFile[]): Html {
  if (all.length === 0) return sentence(noFiles());
  const count = (status: StudyFile["status"]) => all.filter((f) => f.status === status).length;
  const counts = fileCounts({
    imported: count("imported"),
    unrecognised: count("unrecognised"),
    failed: count("failed"),
    filtered: count("filtered"),
  });
  const first = (f: StudyFile) => (f.status === "failed" ? 0 : 1);
  const rows = [...all]
    .sort((a, b) => first(a) - first(b))
    .map((f) => [
      label(f.path, 72),
      html`<span class="status ${f.status}">${f.status}</span>`,
      f.change,
      f.importer === "" ? none("no importer") : html`<code>${f.importer}</code>`,
      kinds(f),
      Number.isFinite(f.bytes) ? bytes(f.bytes) : none("not known"),
      remarks(f),
    ]);
  const body = table({
    name: "Files",
    columns: [
      { head: "path" },
      { head: "status" },
      { head: "since last run" },
      { head: "importer" },
      { head: "datasets" },
      { head: "size", number: true },
      { head: "notes: what was inferred, or why not", wide: true },
    ],
    rows,
  });
  return html`${sentence(counts)}${all.length > 30 ? folded(`All files (${all.length})`, body) : body}`;
}

function kinds(f: StudyFile): string {
  const counts = new Map<string, number>();
  for (const d of f.datasets) counts.set(d.kind, (counts.get(d.kind) ?? 0) + 1);
  return [...counts].map(([kind, n]) => (n === 1 ? kind : `${n} ${kind}`)).join(", ");
}

function remarks(f: StudyFile): Html {
  const texts = [...new Set(f.notes.map((n) => n.text))];
  const more = texts.length - CAPS.notes;
  const message = f.message !== "" && html`<bdi>${f.message}</bdi>`;
  if (texts.length === 0) return html`${message}`;
  return html`${message}<ul class="notes">${texts.slice(0, CAPS.notes).map((t) => html`<li><bdi>${t}</bdi></li>`)}${more > 0 && html`<li class="sub">${notesMore(more)}</li>`}</ul>`;
}

/** `12.3 kB`. */
function bytes(n: number): string {
  const power = Math.min(4, Math.floor(Math.log10(Math.max(n, 1)) / 3));
  return `${plain(n / 1000 ** power, 3)} ${["B", "kB", "MB", "GB", "TB"][power]}`;
}
