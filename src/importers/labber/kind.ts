import type { Kind, Note } from "../../core/dataset.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import type { Attributes } from "../hdf5/reader.ts";
import { kindOfName } from "../meaning/measurement-name.ts";
import { numberOf, textOf } from "../netcdf/view.ts";

export interface LabberKind {
  readonly stated: Extract<Kind, "decay" | "other"> | undefined;
  readonly note: Note | undefined;
}

/**
 * What a log says about its kind. The pulse generator's settings come first: with the sequence CP/CPMG, `# of pi pulses` -1 is a T1
 * (no refocusing pulse, and a pi instead of the pi/2 pulses), 0 a Ramsey, 1 and more an echo. Then the sequence's name, then the log's.
 * @param settings attributes of the instrument that gave the signal
 * @param pulses `# of pi pulses` where it was swept
 */
export function labberKind(settings: Attributes, logName: string, pulses?: number): LabberKind {
  const sequence = textOf(settings.Sequence);
  const count = pulses ?? numberOf(settings["# of pi pulses"]);
  if (count !== undefined && (sequence === "" || /\bCP(MG)?\b/i.test(sequence))) {
    const meaning = count === -1 ? "T1" : count === 0 ? "Ramsey" : "echo";
    const text = formatMessages.labberPulses(count, meaning);
    return { stated: count === -1 ? "decay" : "other", note: { code: "kind_from_pulses", text } };
  }
  const bySequence = sequence === "" ? undefined : kindOfName(sequence);
  if (bySequence !== undefined) return named(bySequence, "The pulse sequence", sequence);
  const byName = kindOfName(logName);
  return byName === undefined ? { stated: undefined, note: undefined } : named(byName, "The log's name", logName);
}

function named(stated: "decay" | "other", what: string, name: string): LabberKind {
  return { stated, note: { code: "kind_from_name", text: formatMessages.kindFromName(what, name) } };
}
