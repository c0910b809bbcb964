import { hashes, noLabFile, provenanceIntro } from "../../core/messages/report.ts";
import { html } from "../html.ts";
import { label, none } from "../names.ts";
import { plain } from "../number.ts";
import type { Section } from "../section.ts";
import { folded, sentence, table } from "../table.ts";

/** Command, versions, time, and the hash of every file. */
export const provenance: Section = {
  id: "provenance",
  title: "Provenance",
  render(study) {
    const versions = Object.entries(study.versions).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return html`${sentence(provenanceIntro())}<dl class="facts"><dt>command</dt><dd><code><bdi>${study.command}</bdi></code></dd><dt>folder</dt><dd><bdi>${study.folder}</bdi></dd><dt>lab file</dt><dd>${
      study.labFile === "" ? noLabFile() : html`<bdi>${study.labFile}</bdi>`
    }</dd><dt>when</dt><dd>${study.created}</dd><dt>took</dt><dd>${plain(study.seconds, 3)} s</dd>${versions.map(([name, version]) => html`<dt>${name}</dt><dd>${version}</dd>`)}</dl>${
      study.files.length > 0 &&
      folded(
        hashes(study.files.length),
        table({
          name: "Hashes of the files",
          columns: [{ head: "path" }, { head: "bytes", number: true }, { head: "SHA-256", wide: true }],
          rows: study.files.map((f) => [
            label(f.path, 72),
            String(f.bytes),
            f.sha256 === "" ? none("not read") : html`<code class="hash">${f.sha256}</code>`,
          ]),
        }),
      )
    }`;
  },
};
