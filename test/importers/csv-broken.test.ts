import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/csv.ts";
import { failure, importContent, noteTexts, readOne, values } from "./import-text.ts";

const good = "# T1 of q1\ndelay [us],p1,shots\n0,0.9,100\n1,0.7,100\n2,0.5,100\n3,0.4,100\n";

describe("broken CSV files", () => {
  it("names line and column of a cell that is no number", async () => {
    expect(await failure("a.csv", good.replace("0.5", "abc"))).toEqual({ place: "a.csv:5:2", message: say.notANumber(5, 2, "p1", "abc") });
    expect(await failure("a.csv", good.replace("0,0.9", "x,0.9"))).toEqual({
      place: "a.csv:3:1",
      message: say.notANumber(3, 1, "delay [us]", "x"),
    });
    expect((await failure("a.csv", good.replace("0.5", "1e999"))).message).toBe(say.notANumber(5, 2, "p1", "1e999"));
    expect((await failure("a.csv", good.replace("0.5", "<script>\u0007"))).message).toContain("\\x07");
  });

  it("does not drop a column of text whose name means something", async () => {
    expect((await failure("a.csv", "delay [us],p1,flag\n0,high,1\n1,high,1\n2,low,1\n")).message).toBe(say.notANumber(2, 2, "p1", "high"));
    expect((await failure("a.csv", "A [us],B,C\n0,high,1\n1,low,2\n", { columns: { delay: "A [us]", population: "B" } })).message).toBe(
      say.notANumber(2, 2, "B", "high"),
    );
    expect(values(await readOne("a.csv", "delay [us],p1\n0,0.9\n1,\u22120.1\n2,0\n"), "population")).toEqual([0.9, -0.1, 0]);
  });

  it("names the line that has too few or too many cells", async () => {
    expect(await failure("a.csv", good.replace("2,0.5,100", "2,0.5"))).toEqual({ place: "a.csv:5", message: say.ragged(5, 2, 3, false) });
    expect((await failure("a.csv", good.replace("2,0.5,100", "2,0,5,100"))).message).toBe(say.ragged(5, 4, 3, false));
    expect((await failure("a.csv", good.slice(0, -8))).message).toBe(say.ragged(6, 2, 3, true));
  });

  it("keeps missing values as not known, with a note", async () => {
    const dataset = await readOne("a.csv", good.replace("0.5", "").replace("0.4", "NaN"));
    expect(values(dataset, "population")).toEqual([0.9, 0.7, Number.NaN, Number.NaN]);
    expect(noteTexts(dataset)).toContain(say.gaps("p1", 2, 5));
  });

  it("refuses a file without rows", async () => {
    expect((await failure("a.csv", "delay [us],p1\n")).message).toBe(say.noRows());
    expect((await failure("a.csv", "# only\n# comments\n")).message).toBe(say.onlyComments());
    expect((await failure("a.csv", "hello\nworld, how are you\n")).message).toBe(say.noTable("hello"));
  });

  it("reads negative shots and odd populations as they stand: the fit judges them", async () => {
    expect(values(await readOne("a.csv", good.replace("0.5,100", "0.5,-100")), "shots")[2]).toBe(-100);
    expect(noteTexts(await readOne("a.csv", "delay [us],p1\n0,90\n1,70\n2,50\n"))).toContain(say.percentLike("p1"));
  });

  it("reads UTF-16, Latin-1, units under the header, text columns, quotes and prose", async () => {
    const expected = [0, 1e-6, 2e-6];
    const files: (string | Uint8Array)[] = [
      Buffer.from("\ufeffdelay [us]\tp1\r\n0\t0.9\r\n1\t0.7\r\n2\t0.5\r\n", "utf16le"),
      Buffer.from("delay [µs],p1\n0,0.9\n1,0.7\n2,0.5\n", "latin1"),
      "delay,p1\n[us],\n0,0.9\n1,0.7\n2,0.5\n",
      "started,delay [us],p1\n2026-09-03T10:00,0,0.9\n2026-09-03T10:01,1,0.7\n2026-09-03T10:02,2,0.5\n",
      '"delay [us]","p1"\n"0","0.9"\n"1","0.7"\n"2","0.5"\n',
      "Lab 3, fridge 2\nmeasured by A, B and C\n\ndelay [us],p1\n0,0.9\n1,0.7\n2,0.5\n",
      "# delay [us]  p1\n0 0.9\n1 0.7\n2 0.5\n",
      "delay [us],p1,\n0,0.9,\n1,0.7,\n2,0.5,\n",
      "BEGIN CH1_DATA\ndelay [us],p1\n0,0.9\n1,0.7\n2,0.5\nEND\n",
    ];
    for (const file of files) expect(values(await readOne("T1.csv", file), "delay"), String(file)).toEqual(expected);
  });

  it("never throws, hangs or blames itself, whatever bytes are flipped, cut or repeated", async () => {
    const sources = [
      good,
      "delay [us];p1\n0;0,9\n1;0,7\n\n0;0,9\n1;0,8\n2;0,7\n",
      "f/GHz\tS21 (dB)\tS21 (deg)\n5\t-1\t20\n5.1\t-2\t30\n",
    ].map((text) => Buffer.from(text));
    const edit = fc.record({
      kind: fc.constantFrom("flip", "cut", "repeat", "drop"),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      byte: fc.nat(255),
      length: fc.nat(30),
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sources), fc.array(edit, { minLength: 1, maxLength: 4 }), async (source, edits) => {
        const result = await importContent("t1.csv", edits.reduce(mutate, source));
        expect(["imported", "unrecognised", "failed"]).toContain(result.status);
        if (result.status === "failed") {
          expect(result.message).not.toContain("This is a bug");
          expect(result.place.startsWith("t1.csv")).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
  });
});

function mutate(bytes: Buffer, edit: { kind: string; at: number; byte: number; length: number }): Buffer {
  const at = Math.floor(edit.at * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  if (edit.kind === "flip") return Buffer.concat([before, Buffer.from([edit.byte]), after.subarray(1)]);
  if (edit.kind === "cut") return Buffer.from(before);
  if (edit.kind === "drop") return Buffer.concat([before, after.subarray(edit.length)]);
  return Buffer.concat([before, after.subarray(0, edit.length), after]);
}
