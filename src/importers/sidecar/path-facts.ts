import type { Note } from "../../core/dataset.ts";
import { sidecarMessages as say } from "../../core/messages/import-sidecars.ts";
import { instantOf } from "../csv/clock.ts";
import { type Stated, separated } from "./agreed.ts";
import { isSetting, readStatement, type Statement } from "./statement.ts";

/** A number with the unit of a power or a temperature: `_-95dBm`, `T30mK`, `P=m62p5dBm`. */
const QUANTITY =
  /((?:power|pow|p|temperature|temp|t)[=_-]?(?=(?:[-+m\u2212]|minus|neg|plus)?[\d.]))?([-+m\u2212]|minus|neg|plus|)(\d+(?:[.p]\d+)?)\s?(dBm|mK|K|dB)(?![\p{L}\d])/giu;
/** A sign that no hyphen can be taken for. */
const SPELLED = /^(?:m|minus|neg|plus)$/i;
const STAMP = /(?<!\d)(\d{4}-?\d\d-?\d\d)[T_ -](\d\d)[-:h.]?(\d\d)[-:m.]?(\d\d)(?!\d)/;

/**
 * What the path says about the measurement: source power, temperature, time. The nearest name counts, the file's before its folder's: where a folder
 * differs, a note says so. A sign that may be a hyphen, a bare `dB` and two values in one name are a note; nothing is taken from them.
 */
export function pathFacts(path: string): Stated {
  const [own, ...folders] = path.split("/").reverse().map(factsOf);
  return folders.reduce(withFolder, own!);
}

/** What a name states and what it leaves unclear. */
interface NameFacts extends Stated {
  readonly unclear: readonly string[];
}

function withFolder(near: NameFacts, folder: NameFacts): NameFacts {
  const contradictions: Note[] = [];
  const added = folder.statements.filter((one) => {
    const known = near.statements.find(({ name }) => name === one.name);
    if (known !== undefined && isSetting(known) && isSetting(one) && known.value !== one.value)
      contradictions.push({ code: "contradiction", text: say.folderDiffers(one.name, known.written, one.written) });
    return known === undefined && !near.unclear.includes(one.name);
  });
  return {
    statements: [...added, ...near.statements],
    notes: [...folder.notes, ...near.notes, ...contradictions],
    unclear: [...near.unclear, ...folder.unclear],
  };
}

/** What the name of one file or folder states. */
function factsOf(name: string): NameFacts {
  const found: (Statement | Note)[] = [];
  const unclear: string[] = [];
  for (const match of name.matchAll(QUANTITY)) {
    const [whole, key = "", sign = "", digits = "", unit = ""] = match;
    const subject = /^dB/i.test(unit) ? "power" : "temperature";
    if (key !== "" && (/^p/i.test(key) ? "power" : "temperature") !== subject) continue;
    // A bare 4K may be a stage of the cryostat, or 4000 points.
    if (unit === "K" && key === "" && !digits.includes(".")) continue;
    const before = name[match.index - 1] ?? "/";
    const signed = sign !== "" && !SPELLED.test(sign) && key === "";
    if (signed && /[\p{L}\d)]/u.test(before)) {
      found.push({ code: "path", text: say.signOrHyphen(whole) });
      unclear.push(subject);
    } else if (signed || !/[\p{L}\d.]/u.test(before)) {
      const written = `${/^(?:\+|plus|)$/i.test(sign) ? "" : "-"}${digits.replace("p", ".")} ${unit}`;
      const one = readStatement(subject, written, "", say.thePath());
      if (one !== undefined) found.push("code" in one ? { code: "path", text: say.decibelInPath(whole) } : one);
    }
  }
  const { statements, notes } = separated(found);
  const several = ["power", "temperature"].flatMap((subject) => {
    const all = statements.filter(isSetting).filter((one) => one.name === subject);
    if (new Set(all.map(({ value }) => value)).size < 2) return [];
    unclear.push(subject);
    const values = all.map(({ written }) => written);
    return [{ code: "path", text: say.severalInPath(subject, values) }];
  });
  const clear = statements.filter((one, k) => !unclear.includes(one.name) && statements.findIndex(({ name: n }) => n === one.name) === k);
  return { statements: [...clear, ...startIn(name)], notes: [...notes, ...several], unclear };
}

function startIn(name: string): Statement[] {
  const stamp = STAMP.exec(name);
  if (stamp === null) return [];
  const day = stamp[1]!.replace(/^(\d{4})-?(\d\d)-?(\d\d)$/, "$1-$2-$3");
  const instant = instantOf(`${day}T${stamp[2]}:${stamp[3]}:${stamp[4]}`);
  return instant === undefined ? [] : [{ name: "started", text: instant.iso, place: say.thePath() }];
}
