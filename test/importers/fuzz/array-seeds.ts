import { npyFile, writeNpy, writeNpz } from "../../../src/importers/numpy/write.ts";
import { matFile, row } from "../matlab-writer.ts";
import { type Seed, utf8 } from "./seed.ts";

const T = [0, 10, 20, 30, 40];
const P = [0.98, 0.6, 0.37, 0.22, 0.15];
const WAIT_AND_SIGNAL = npyFile({
  descr: "[('wait', '<f8'), ('signal', '<f8')]",
  shape: [5],
  data: new Uint8Array(Float64Array.from(T.flatMap((t, k) => [t, P[k]!])).buffer),
});
const STRUCTURES = { delay_us: row(...T), p1: row(...P), s: { class: "struct", elements: [{ x: row(1.5, 2) }] } } as const;

/** NPZ, NPY, MAT-files of version 5, qibocal and QUAlibrate. */
export function arraySeeds(): readonly Seed[] {
  const arrays = { delay_us: writeNpy(T), p1: writeNpy(P) };
  const results = { delay_ns: writeNpy(T), "q1.I": writeNpy(P), "q1.Q": writeNpy(P) };
  return [
    ...[false, true].map(
      (deflate): Seed => ({
        importer: "npz",
        title: deflate ? "deflated" : "stored",
        file: "T1.npz",
        bytes: writeNpz(arrays, { deflate }),
        covered: "whole",
        parts: { contents: arrays, pack: (contents) => writeNpz(contents, { deflate }) },
      }),
    ),
    { importer: "npz", title: "one array with columns", file: "T1.npy", bytes: npyColumns() },
    {
      importer: "qibocal",
      title: "data and action",
      file: "data.npz",
      bytes: writeNpz({ "0": WAIT_AND_SIGNAL }),
      beside: {
        "action.yml": utf8("id: t1_signal\noperation: t1_signal\nparameters:\n  nshots: 1024\n"),
        "data.json": utf8('{"detuning": 1}'),
      },
      covered: "whole",
      parts: { contents: { "0": WAIT_AND_SIGNAL }, pack: (contents) => writeNpz(contents) },
    },
    {
      importer: "qualibrate",
      title: "data, node and arrays",
      file: "data.json",
      bytes: utf8(JSON.stringify({ T1: 5e-6, delay_ns: "./arrays.npz#delay_ns", q1: { I: "./arrays.npz#q1.I", Q: "./arrays.npz#q1.Q" } })),
      beside: {
        "arrays.npz": writeNpz(results),
        "node.json": utf8(JSON.stringify({ created_at: "2024-02-24T09:52:14+00:00", metadata: { name: "T1_measurement" }, id: 152 })),
      },
    },
    { importer: "matlab", title: "version 5", file: "T1.mat", bytes: matFile(STRUCTURES) },
    { importer: "matlab", title: "version 5, big-endian", file: "T1.mat", bytes: matFile(STRUCTURES, { little: false }) },
    compressedMat(),
  ];
}

function npyColumns(): Uint8Array {
  return npyFile({
    descr: "[('delay_us', '<f8'), ('p1', '<f8')]",
    shape: [5],
    data: new Uint8Array(Float64Array.from(T.flatMap((t, k) => [t, P[k]!])).buffer),
  });
}

/** Adler-32 covers what stands in a compressed element, behind its tag of eight bytes. */
function compressedMat(): Seed {
  const bytes = matFile({ delay_us: row(...T), p1: row(...P) }, { compress: true });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const covered: [number, number][] = [];
  for (let at = 128; at < bytes.length; at += 8 + view.getUint32(at + 4, true))
    covered.push([at + 8, at + 8 + view.getUint32(at + 4, true)]);
  return { importer: "matlab", title: "version 5, compressed", file: "T1.mat", bytes, covered };
}
