import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { codecMessages } from "../../src/core/messages/import-tables.ts";
import { unpackLz4Block, unpackLz4Frames } from "../../src/tables/lz4.ts";
import { xxh32 } from "../../src/tables/xxh32.ts";
import { unpackZstd, zstdReady } from "../../src/tables/zstd.ts";

const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const ascii = (text: string) => new TextEncoder().encode(text);

const PLAIN = ascii(`${"abc".repeat(12)} 0123456789`);
/** `printf ... | lz4 -9 -BX -BD --content-size` (lz4 1.9.4): checksums of header, blocks and content. */
const FRAME = hex("04224d187c402f000000000000006e130000003f61626303000eb020303132333435363738397911960c0000000048ade598");
/** 76800 bytes `(7 i) mod 256` by `lz4 -9 -B4 -BX -BD --content-size`: the second block refers to the first. */
const LINKED = Uint8Array.from(
  inflateSync(
    Buffer.from(
      "eNpjUfKViHFg0GFkAAFdLiYGhv8fGdj5RGWUtQwt7N18Q6KTMgvK61p7Js9auGL9tr1HTl+6+eD5u69/mLkEJeTVdE2snTwDwuNSc4qrGjv6p81dsnrTzgPHz1298/jVxx//2XhFpJU0DcztXH2CoxIz8stqW7onzVywfN3WPYdPXbxx/9nbL7+ZOAXE5VR1jK0cPfzDYlOyiyob2vumzlm8auOO/cfOXrn96OWH7/9YeYSlFDX0zWxdvIMiE9LzSmuauybOmL9s7Zbdh05euH7v6ZvPvxg5+MVkVbSNLB3c/UJjkrMKK+rbeqfMXrRyw/Z9R89cvvXwxftvf1m4hSQV1PVMbZy9AiPi03JLqps6J0yft3TN5l0HT5y/dvfJ608/GRj/j2zwPAAcDjXnJdeaAZMFP2kBIgLR/fy78UZQoqoQYS0AAP/cvcY=",
      "base64",
    ),
  ),
);
/** `zstd` 1.5 of the same text as FRAME: size and checksum. */
const ZSTD = hex("28b52ffd242fa5000070616263203031323334353637383901008e6e086ae608b0");

const changed = (bytes: Uint8Array, at: number) => bytes.map((byte, k) => (k === at ? byte ^ 0x10 : byte));

describe("xxHash", () => {
  it("gives the published hashes (xxHash's own test vectors, and python-xxhash's README)", () => {
    expect(xxh32(ascii(""))).toBe(0x02cc5d05);
    expect(xxh32(ascii("abc"))).toBe(0x32d153ff);
    expect(xxh32(ascii("Nobody inspects the spammish repetition"))).toBe(0xe2293b2f);
  });
});

describe("LZ4 frames", () => {
  it("are unpacked, with blocks that refer to earlier ones, one behind the other and behind skippable frames", () => {
    expect(unpackLz4Frames(FRAME, PLAIN.length)).toEqual(PLAIN);
    expect(
      Buffer.compare(
        unpackLz4Frames(LINKED, 76_800),
        Uint8Array.from({ length: 76_800 }, (_, k) => 7 * k),
      ),
    ).toBe(0);
    const skippable = hex("502a4d1803000000aabbcc");
    expect(unpackLz4Frames(Buffer.concat([FRAME, skippable, FRAME]), 2 * PLAIN.length)).toEqual(Uint8Array.of(...PLAIN, ...PLAIN));
  });

  it("with any byte changed or missing are refused: the checksums cover all of them", () => {
    for (let at = 0; at < FRAME.length; at++) {
      expect(() => unpackLz4Frames(changed(FRAME, at), PLAIN.length), `byte ${at}`).toThrow(Error);
      expect(() => unpackLz4Frames(FRAME.subarray(0, at), PLAIN.length), `${at} bytes`).toThrow(Error);
    }
    expect(() => unpackLz4Frames(changed(FRAME, 30), PLAIN.length)).toThrow(codecMessages.checksum("LZ4"));
  });

  it("never give another number of bytes than stated, nor more than the format can", () => {
    expect(() => unpackLz4Frames(FRAME, PLAIN.length + 1)).toThrow(codecMessages.size("LZ4", PLAIN.length, PLAIN.length + 1));
    expect(() => unpackLz4Frames(FRAME, 1e9)).toThrow(codecMessages.growth("LZ4", FRAME.length, 1e9));
    // One literal, then a match of 4 + 15 + 255 bytes into an output of 20.
    expect(() => unpackLz4Block(hex("1f610100ff00"), 20)).toThrow(codecMessages.size("LZ4", 275, 20));
    expect(() => unpackLz4Block(hex("1061"), 5)).toThrow(codecMessages.size("LZ4", 1, 5));
    expect(() => unpackLz4Block(hex("10610200000000"), 5)).toThrow(codecMessages.match("LZ4"));
  });
});

describe("ZSTD frames", () => {
  it("are unpacked, and refused with any byte changed: their checksum is verified", async () => {
    await zstdReady();
    expect(unpackZstd(ZSTD, PLAIN.length)).toEqual(PLAIN);
    // The descriptor's two unused bits, which a decoder has to ignore, are the only ones that change nothing.
    for (let at = 0; at < ZSTD.length; at++) {
      if (at !== 4) expect(() => unpackZstd(changed(ZSTD, at), PLAIN.length), `byte ${at}`).toThrow(Error);
      expect(() => unpackZstd(ZSTD.subarray(0, at), PLAIN.length), `${at} bytes`).toThrow(codecMessages.zstd());
    }
  });

  it("never give another number of bytes than stated", async () => {
    await zstdReady();
    expect(() => unpackZstd(ZSTD, PLAIN.length + 1)).toThrow(codecMessages.size("ZSTD", PLAIN.length, PLAIN.length + 1));
    // A frame that claims 2^62 bytes.
    expect(() => unpackZstd(hex("28b52ffde00000000000000040010000"), 10)).toThrow(codecMessages.size("ZSTD", 2 ** 62, 10));
    // A run of 2 MiB in a frame of unstated size, where 10 bytes are expected.
    expect(() => unpackZstd(hex("28b52ffd0058ffff7f61"), 10)).toThrow(codecMessages.zstd());
  });
});
