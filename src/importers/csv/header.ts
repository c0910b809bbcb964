import { type UnitConversion, unitConversion } from "../../core/units.ts";

/** A header cell taken apart: `Delay (ns)` is named `Delay`, in `ns`. */
export interface HeaderCell {
  /** As it stands in the file, trimmed. */
  readonly raw: string;
  /** Without the unit. */
  readonly name: string;
  /** The unit as written; absent when the header states none. */
  readonly unitText?: string;
  /** Absent when the header states no unit or one that is not known. */
  readonly conversion?: UnitConversion;
}

/** Units that may follow a name without a bracket: `delay_us`, `power dBm`. Single letters that often mean something else need a known name before them. */
const SUFFIX =
  /^(.+?)(?:[_\s-]+in)?[_\s,-]+(s|ms|[uµμ]s|ns|ps|hz|khz|mhz|ghz|dbm|dbw|w|mw|[uµμ]w|nw|pw|fw|aw|v|mv|[uµμ]v|nv|k|mk|m|mm|[uµμ]m|nm|db|deg|rad|percent|pct)$/i;
const LONGEST = 300;
/** Names whose last part looks like a unit but is none. */
const NOT_A_SUFFIX = /(?:^|[_\s-])s(?:\d\d)?[_\s-](?:db|deg)$/i;
const SPELLED: Readonly<Record<string, string>> = {
  percent: "%",
  pct: "%",
  hz: "Hz",
  w: "W",
  v: "V",
  k: "K",
  mk: "mK",
  mw: "mW",
  mhz: "MHz",
};

/**
 * Name and unit of a header cell. Understood: `delay [us]`, `Delay (ns)`, `delay {us}`, `delay <us>`, `f/GHz`, `t_s`, `delay_us`, `delay in us`,
 * `power dBm`.
 * Round brackets that hold no unit belong to the name (`P(e)`, `"A,1"(REAL)`); square ones always state the unit.
 */
export function parseHeaderCell(cell: string): HeaderCell {
  const raw = cell.trim();
  // Prose is no header, and too long to be taken apart.
  if (raw.length > LONGEST) return { raw, name: raw };
  const bracket = /^(.*?)\s*(?:\[([^\]]*)\]|\(([^()]*)\)|\{([^}]*)\}|<([^>]*)>)$/.exec(raw);
  if (bracket !== null && bracket[1] !== "") {
    const inner = (bracket.slice(2).find((text) => text !== undefined) ?? "").trim();
    const conversion = inner === "" ? undefined : unitConversion(inner);
    const partOfName = bracket[2] === undefined && (conversion === undefined || /^p\s*\(1\)$/i.test(raw));
    if (!partOfName) return withUnit(raw, bracket[1]!, inner, conversion);
  }
  const slash = /^(.*[^\s/])\s*\/\s*([^\s/]+)$/.exec(raw);
  if (slash !== null) {
    const conversion = unitConversion(slash[2]!);
    if (conversion !== undefined) return withUnit(raw, slash[1]!, slash[2]!, conversion);
  }
  const suffix = NOT_A_SUFFIX.test(raw) ? null : SUFFIX.exec(raw);
  if (suffix !== null) {
    const written = suffix[2]!;
    const text = unitConversion(written) === undefined ? (SPELLED[written.toLowerCase()] ?? written) : written;
    const conversion = unitConversion(text);
    if (conversion !== undefined) return withUnit(raw, suffix[1]!, text, conversion);
  }
  return { raw, name: raw };
}

function withUnit(raw: string, name: string, unitText: string, conversion: UnitConversion | undefined): HeaderCell {
  const cell = { raw, name: name.trim() };
  if (unitText === "") return cell;
  return conversion === undefined ? { ...cell, unitText } : { ...cell, unitText, conversion };
}

/** The cell with the unit of a row under the header, when it states none itself; `[us]`, `(us)` and `us` are the same. */
export function addUnit(cell: HeaderCell, unitCell: string): HeaderCell {
  const inner = unitCell.trim().replace(/^[[({]\s*|\s*[\])}]$/g, "");
  if (cell.unitText !== undefined || inner === "" || inner === "-") return cell;
  return withUnit(cell.raw, cell.name, inner, unitConversion(inner));
}

/** Whether the row under the header states another unit than the header itself. */
export function statesOtherUnit(cell: HeaderCell, unitCell: string): boolean {
  const under = addUnit({ raw: cell.raw, name: cell.name }, unitCell).conversion;
  const own = cell.conversion;
  return under !== undefined && own !== undefined && (under.unit !== own.unit || under.toSI(1) !== own.toSI(1));
}

/** Whether a cell can stand in a row of units: empty, a dash, a known unit, or any text in brackets. */
export function isUnitCell(cell: string): boolean {
  const text = cell.trim();
  if (text === "" || text === "-" || /^[[({].*[\])}]$/.test(text)) return true;
  return Number.isNaN(Number(text)) && unitConversion(text) !== undefined;
}

/**
 * Power of ten of a unit that is a pure decimal multiple of its SI unit (us: -6), so that the number can be read with one rounding;
 * undefined for the others (dBm, deg, min).
 */
export function decimalShift(conversion: UnitConversion): number | undefined {
  const factor = conversion.toSI(1);
  if (conversion.toSI(0) !== 0 || conversion.toSI(2) !== 2 * factor) return undefined;
  const shift = Math.round(Math.log10(factor));
  return Number(`1e${shift}`) === factor ? shift : undefined;
}
