import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../src/importers/text/text.ts";

const utf8 = new TextEncoder();

describe("decodeText", () => {
  const text = "delay [µs]\tΔ\n1\t2\n";
  const swap = (bytes: Buffer) => Buffer.from(bytes).swap16();

  it.each([
    ["UTF-8", utf8.encode(text), "utf-8"],
    ["UTF-8 with mark", utf8.encode(`\ufeff${text}`), "utf-8"],
    ["UTF-16 little-endian with mark", Buffer.from(`\ufeff${text}`, "utf16le"), "utf-16le"],
    ["UTF-16 big-endian with mark", swap(Buffer.from(`\ufeff${text}`, "utf16le")), "utf-16be"],
    ["UTF-16 without mark", Buffer.from(text, "utf16le"), "utf-16le"],
  ])("undoes %s", (_, bytes, encoding) => {
    expect(decodeText(bytes)).toEqual({ text, encoding });
  });

  it("falls back to Latin-1", () => {
    expect(decodeText(Buffer.from("90 \u00b0, 1 \u00b5s", "latin1"))).toEqual({ text: "90 °, 1 µs", encoding: "latin-1" });
  });

  it("leaves off a character that the end of the head cuts through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), fc.nat(80), (body, cutAt) => {
        const clean = `x${body.replace(/\p{Cc}/gu, "")}`;
        const bytes = utf8.encode(clean);
        const cut = decodeText(bytes.subarray(0, Math.max(1, Math.min(cutAt, bytes.length))), true);
        expect("text" in cut && clean.startsWith(cut.text) && cut.encoding === "utf-8").toBe(true);
      }),
    );
  });

  it("says where a file stops being text", () => {
    expect(decodeText(Uint8Array.from([65, 66, 0, 67, 68, 69, 70, 71, 72]))).toEqual({ binaryAt: 2 });
    expect(decodeText(Uint8Array.from({ length: 300 }, (_, i) => 1 + ((i * 7919) % 250)))).toHaveProperty("binaryAt");
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, cut) => decodeText(bytes, cut) !== undefined));
  });
});
