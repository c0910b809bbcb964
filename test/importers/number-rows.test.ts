import { describe, expect, it } from "vitest";
import { ImportError } from "../../src/core/errors.ts";
import { tooManyNumbers } from "../../src/core/messages/importers.ts";
import { NumberRows } from "../../src/importers/text/number-rows.ts";

const style = (delimiter: string, shifts = [0, 0]) => ({ delimiter: delimiter.charCodeAt(0), decimalMark: 46, shifts });
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Numbers of the text, and what it leaves. */
function read(text: string, delimiter: string, shifts?: number[]): { numbers: number[]; rest: string } {
  const rows = new NumberRows(bytesOf(text));
  const rest = text.slice(rows.read(0, style(delimiter, shifts)));
  return { numbers: [...rows.between(0, rows.count)], rest };
}

describe("NumberRows", () => {
  it.each([
    [",", "1,2\n3,4\r\n5,6\r"],
    [";", "1;2;\n3;4;\n 5 ;\t6\n"],
    ["\t", "1\t2\n3\t4\t\n5\t 6 \n"],
    [" ", "1 2\n  3\t 4 \n5   6\n"],
  ])("reads rows separated by %j, whatever ends them", (delimiter, text) => {
    expect(read(text, delimiter)).toEqual({ numbers: [1, 2, 3, 4, 5, 6], rest: "" });
  });

  it.each(["5\n", "5,6,7\n", "5,\n", "a,5\n", "5,x\n", "# 5,6\n", "\n", "nan,5\n", "5,1e999\n", '"5",6\n', "5 6\n", "5,6x\n", "5,6"])(
    "stops before %j and takes nothing of it",
    (line) => {
      expect(read(`1,2\n${line}`, ",")).toEqual({ numbers: [1, 2], rest: line });
    },
  );

  it("shifts the decimal point of a column while reading", () => {
    expect(read("1.1 1.1\n", " ", [9, -6]).numbers).toEqual([1.1e9, 1.1e-6]);
  });

  it("turns any number of rows into columns", () => {
    for (const count of [0, 1, 511, 512, 513, 5000]) {
      const rows = new NumberRows(bytesOf(Array.from({ length: count }, (_, i) => `${i},-${i}.5,7\n`).join("")));
      rows.read(0, style(",", [0, 0, 0]));
      rows.push(1, 0);
      const [a, b, c] = rows.columns(3, 3 * count) as [Float64Array, Float64Array, Float64Array];
      expect([a.length, b.length, c.length]).toEqual([count, count, count]);
      expect(a.every((x, i) => x === i) && b.every((x, i) => x === -i - 0.5) && c.every((x) => x === 7)).toBe(true);
    }
  });

  it("refuses more numbers than are kept in memory", () => {
    const text = bytesOf("1,2\n".repeat(60));
    expect(new NumberRows(text, 120).read(0, style(","))).toBe(text.length);
    expect(() => new NumberRows(text, 119).read(0, style(","))).toThrow(new ImportError(tooManyNumbers(119), ""));
    const rows = new NumberRows(text, 1);
    rows.push(1, 0);
    expect(() => rows.push(2, 0)).toThrow(tooManyNumbers(1));
  });
});
