import type { Note } from "../../core/dataset.ts";
import { sidecarMessages as say } from "../../core/messages/import-sidecars.ts";
import { instantOf } from "../csv/clock.ts";
import { readStatement, type Statement } from "./statement.ts";

/** A number with the unit of a power or a temperature: `_-95dBm`, `T30mK`, `P=m62p5dBm`. */
const QUANTITY =
  /((?:power|pow|p|temperature|temp|t)[=_-]?(?=[-+m\u2212]?[\d.]))?([-+m\u2212]?)(\d+(?:[.p]\d+)?)\s?(dBm|mK|K|dB)(?![\p{L}\d])/giu;
const STAMP = /(?<!\d)(\d{4}-?\d\d-?\d\d)[T_ -](\d\d)[-:h.]?(\d\d)[-:m.]?(\d\d)(?!\d)/;

/**
 * What the path says about the measurement: source power, temperature, time. A sign that may be a hyphen, a bare `dB` and two values for one thing
 * are a note; nothing is taken from them.
 */
export function pathFacts(path: string): { statements: Statement[]; notes: Note[] } {
  const found = new Map<string, Statement[]>();
  const notes: Note[] = [];
  const note = (text: string) => notes.push({ code: "path", text });
  for (const match of path.matchAll(QUANTITY)) {
    const [whole, key = "", sign = "", digits = "", unit = ""] = match;
    const name = /^dB/i.test(unit) ? "power" : "temperature";
    if (key !== "" && (/^p/i.test(key) ? "power" : "temperature") !== name) continue;
    // A bare 4K may be a stage of the cryostat, or 4000 points.
    if (unit === "K" && key === "" && !digits.includes(".")) continue;
    const before = path[match.index - 1] ?? "/";
    const signed = sign !== "" && sign !== "m" && key === "";
    if (signed && /[\p{L}\d)]/u.test(before)) note(say.signOrHyphen(whole));
    else if (!signed && /[\p{L}\d.]/u.test(before)) continue;
    else {
      const written = `${sign === "" || sign === "+" ? "" : "-"}${digits.replace("p", ".")} ${unit}`;
      const one = readStatement(name, written, "", say.thePath());
      if (one !== undefined && "code" in one) note(say.decibelInPath(whole));
      else if (one !== undefined) found.set(name, [...(found.get(name) ?? []), one]);
    }
  }
  const stamp = STAMP.exec(path);
  if (stamp !== null) {
    const day = stamp[1]!.replace(/^(\d{4})-?(\d\d)-?(\d\d)$/, "$1-$2-$3");
    const instant = instantOf(`${day}T${stamp[2]}:${stamp[3]}:${stamp[4]}`);
    if (instant !== undefined) found.set("started", [{ name: "started", text: instant.iso, place: say.thePath() }]);
  }
  const statements: Statement[] = [];
  for (const [name, all] of found) {
    const values = new Set(all.map((one) => ("value" in one ? one.value : one.text)));
    if (values.size === 1) statements.push(all[0]!);
    else
      note(
        say.severalInPath(
          name,
          all.map((one) => ("value" in one ? one.written : one.text)),
        ),
      );
  }
  return { statements, notes };
}
