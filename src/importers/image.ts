import { ImportError } from "../core/errors.ts";
import { pictureMessages as say } from "../core/messages/import-maps.ts";
import type { Dataset } from "../tables/dataset.ts";
import { isPng, readPng } from "./image/png.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import type { Picture } from "./maps/picture.ts";
import { readPicture } from "./maps/read-picture.ts";

/** Gray PNG pictures as maps, by what the lab file states (`maps/picture.ts`). Other pictures are known by their first bytes and refused, with the reason. */
export const image: Importer = {
  name: "image",
  version: 2,
  reference: "https://www.w3.org/TR/png-3/",
  recognise: ({ head }: Probe): number => (isPng(head) || otherFormat(head) !== undefined ? 0.9 : 0),
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const { head, path } = file.probe;
    const bytes = await file.bytes();
    return readPicture(() => pictureOf(bytes, otherFormat(head), path), hints, path);
  },
};

function pictureOf(bytes: Uint8Array, other: string | undefined, path: string): Picture {
  if (other === undefined) return readPng(bytes, path);
  throw new ImportError(LOSSY.includes(other) ? say.lossy(other) : say.otherPicture(other), path);
}

const LOSSY = ["JPEG", "WebP"];

/** Pictures of formats that are not read, by the bytes they begin with. */
function otherFormat(head: Uint8Array): string | undefined {
  const start = new TextDecoder("latin1").decode(head.subarray(0, 12));
  if (start.startsWith("\xff\xd8\xff")) return "JPEG";
  if (/^GIF8[79]a/.test(start)) return "GIF";
  return start.startsWith("RIFF") && start.endsWith("WEBP") ? "WebP" : undefined;
}
