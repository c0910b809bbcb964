import { expect, it } from "vitest";
import { lastLineShort } from "../../src/core/messages/importers.ts";
import { noteTexts, readOne } from "./import-text.ts";

const CSV = ["delay [us],p1", "0,0.940695", "5,0.840695", "10,0.740695", "15,0.640695"];
const TOUCHSTONE = ["# GHz S RI R 50", "4.9 -0.4291 -0.1213", "5.0 0.1802 0.8414", "5.1 -0.4051 -0.2773"];

it.each<[string, string, readonly string[]]>([
  ["q1_t1.csv", "20,0.0", CSV],
  ["q1_t1.csv", "20,0.54069", CSV],
  ["q1_t1.csv", "20,0", CSV],
  ["q1_t1.csv", "20;0,5", CSV.map((line) => line.replace(",", ";").replace(".", ","))],
  ["q1_t1.csv", "20,54069,10", ["delay [us],counts,shots", "0,94069,100000", "5,84069,100000", "10,74069,100000"]],
  ["q1.s1p", "5.2 0.1121 0.49", TOUCHSTONE],
])("%s that ends in %j is said to be perhaps cut off", async (name, last, lines) => {
  for (const end of ["\n", "\r\n"]) {
    const dataset = await readOne(name, [...lines, last].join(end));
    expect(noteTexts(dataset)).toContain(lastLineShort(lines.length + 1));
    expect(noteTexts(await readOne(name, [...lines, last, ""].join(end))).join()).not.toContain("cut off");
  }
});

it.each<[string, string, readonly string[]]>([
  ["q1_t1.csv", "20,0.540695", CSV],
  ["q1_t1.csv", "20,0.5", ["delay [us],p1", "0,0.94", "5,0.8", "10,0.71", "15,0.64"]],
  ["q1_t1.csv", "20,1000,98", ["delay [us],shots,counts", "0,1000,998", "5,1000,700", "10,1000,500", "15,1000,99"]],
  ["q1.s1p", "5.2 0.1121 0.4920", TOUCHSTONE],
])("%s that ends in %j is whole, although it has no line end", async (name, last, lines) => {
  expect(noteTexts(await readOne(name, [...lines, last].join("\n"))).join()).not.toContain("cut off");
});
