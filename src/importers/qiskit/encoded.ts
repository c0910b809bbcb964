import { ImportError } from "../../core/errors.ts";
import { zipMessages } from "../../core/messages/import-numpy.ts";
import { qubitJsonMessages as say } from "../../core/messages/import-qubit-json.ts";
import { type Json, numbersIn } from "../json.ts";
import { MOST_NUMBERS, readNpy } from "../numpy/npy.ts";
import { unpack } from "../zip/deflate.ts";

/** An array that the encoder packed: numbers, row-major. */
export interface PackedArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

export type JsonObject = Readonly<Record<string, Json>>;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What stands for a value in the JSON of Qiskit Experiments' encoder: `{"__type__": t, "__value__": v}` for objects (their settings),
 * sets and floats that are no numbers; anything else is itself.
 */
export function decoded(value: Json | undefined): Json | undefined {
  if (!isObject(value) || typeof value.__type__ !== "string") return value;
  const inner = value.__value__;
  if (value.__type__ === "object") return isObject(inner) ? (inner.settings ?? null) : null;
  if (value.__type__ === "safe_float") return null;
  return inner;
}

/**
 * Numbers of a list, nested or packed (`ndarray`: NPY, deflated, in base64), or undefined when it is none.
 * @throws ImportError when a packed array is damaged
 */
export function numbersOf(value: Json | undefined, place: string): PackedArray | undefined {
  if (isObject(value) && value.__type__ === "ndarray") return unpacked(value.__value__, place);
  return numbersIn(value);
}

function unpacked(value: Json | undefined, place: string): PackedArray | undefined {
  const inner = isObject(value) && value.__type__ === "b64encoded" ? value.__value__ : value;
  if (!isObject(inner) || typeof inner.encoded !== "string") return numbersOf(inner, place);
  const bytes = new Uint8Array(Buffer.from(inner.encoded, "base64"));
  const whole = inner.compressed === true ? unpack(bytes, 8 * MOST_NUMBERS, "zlib") : { bytes };
  if ("cause" in whole) throw new ImportError(zipMessages.cannotUnpack(whole.cause), place);
  const array = readNpy(whole.bytes, "", place)[0];
  if (array?.values === undefined || array.imaginary !== undefined) throw new ImportError(say.noNumbers(), place);
  return { shape: array.shape, values: array.values };
}
