import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/lab.ts";
import { loadLab } from "../../src/lab/load.ts";

function folderWith(name: string, content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "gammawatt-lab-"));
  writeFileSync(join(folder, name), content);
  return folder;
}

describe("the lab file in its folder", () => {
  it.each(["gammawatt.yml", ".gammawatt.yaml", "GammaWatt.YAML", "gammawatt.yaml.txt", ".gammawatt.yml"])(
    "%s is to be renamed",
    async (name) => {
      await expect(loadLab(folderWith(name, "device: a"))).rejects.toMatchObject({ place: name, message: say.otherName(name) });
    },
  );
  it("another name beside the right one, a folder of the store and names that only resemble it are left alone", async () => {
    const both = folderWith("gammawatt.yml", "device: a");
    writeFileSync(join(both, "gammawatt.yaml"), "device: b");
    expect((await loadLab(both))?.device).toBe("b");
    const other = folderWith("mygammawatt.yaml", "");
    mkdirSync(join(other, ".gammawatt"));
    expect(await loadLab(other)).toBeUndefined();
  });
  it.each([
    ["Latin-1 in the middle of a line", Buffer.concat([Buffer.from("device: a\nnote: µ"), Buffer.from([0xb5, 0x73])]), "2:8", 0xb5],
    ["the beginning of a character before another", Buffer.from([0x61, 0x0a, 0xe9, 0x78]), "2:1", 0xe9],
    ["a character that is cut off by the end", Buffer.from([0x61, 0x62, 0xe2, 0x82]), "1:3", 0xe2],
    ["UTF-16", Buffer.from("\ufeffdevice: a", "utf16le"), "1:1", 0xff],
    ["behind a byte order mark", Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff]), "1:2", 0xff],
  ])("%s: the place of the first bad byte", async (_what, bytes, place, bad) => {
    const error = { place: `gammawatt.yaml:${place}`, message: say.notUtf8(bad) };
    await expect(loadLab(folderWith("gammawatt.yaml", bytes))).rejects.toMatchObject(error);
  });
});
