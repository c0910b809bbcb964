import { type PlannedQubit, planLab } from "../../pipelines/steps/plan.ts";
import { UserError } from "../core/errors.ts";
import * as say from "../core/messages/plan.ts";
import { parseQuantity } from "../core/parse-quantity.ts";
import type { Unit } from "../core/units.ts";
import { errorAfter, type Plan } from "../routes/plan/plan.ts";
import { MEASUREMENTS } from "../routes/plan/prediction.ts";
import type { Command } from "./commander.ts";
import { columns, err, out, visible } from "./print.ts";

interface Flags {
  readonly qubit?: string;
  readonly cooldown?: string;
  readonly t1?: string;
  readonly t2?: string;
  readonly gammaR?: string;
  readonly noisePhotons?: string;
  readonly shotPeriod?: string;
  readonly time: string;
  readonly json?: true;
}

/** `gammawatt plan <lab file>`: expected error of the power route against drive and time; what to measure next. */
export function planCommand(program: Command, done: (status: number) => void): void {
  program
    .command("plan")
    .argument("<lab file>", "gammawatt.yaml or its folder; rates come from the last run of its folder where there is one")
    .description("expected error of the power route against drive and time; what to measure next")
    .option("--qubit <name>", "only this qubit")
    .option("--cooldown <name>", "lines and temperatures of this cooldown (default: the latest)")
    .option("--t1 <time>", 'relaxation time, as in "30 us"')
    .option("--t2 <time>", "coherence time 1/gamma2")
    .option("--gamma-r <rate>", 'coupling to the line at zero temperature, as in "5000 1/s"')
    .option("--noise-photons <n>", "noise of the receiving chain, k_B T_sys/(hbar w)")
    .option("--shot-period <time>", "from one single shot to the next")
    .option("--time <time>", "whole time of the measurement", "1 h")
    .option("--json", "print JSON")
    .action(async (file: string, flags: Flags) => {
      const { qubits, notes } = await planLab(file, {
        ...(flags.qubit === undefined ? {} : { qubit: flags.qubit }),
        ...(flags.cooldown === undefined ? {} : { cooldown: flags.cooldown }),
        ...positive("t1", flags.t1, "s", "t1"),
        ...positive("t2", flags.t2, "s", "t2"),
        ...positive("gamma-r", flags.gammaR, "1/s", "gammaR"),
        ...positive("noise-photons", flags.noisePhotons, "1", "noisePhotons"),
        ...positive("shot-period", flags.shotPeriod, "s", "shotPeriod"),
        time: positive("time", flags.time, "s", "time").time!,
      });
      for (const note of notes) err(visible(`note: ${note}`));
      if (flags.json) out(JSON.stringify({ qubits: qubits.map(planJson) }));
      else out(qubits.map((q) => planLines(q).map(visible).join("\n")).join("\n\n"));
      done(qubits.some(({ result }) => !("refused" in result)) ? 0 : 1);
    });
}

/** @throws UserError naming the option */
function positive<K extends string>(option: string, text: string | undefined, unit: Unit, key: K): Partial<Record<K, number>> {
  if (text === undefined) return {};
  const parsed = parseQuantity(text, unit);
  if ("error" in parsed) throw new UserError(say.badRates(option, parsed.error));
  if (!(parsed.quantity.value > 0)) throw new UserError(say.notPositive(option));
  return { [key]: parsed.quantity.value } as Partial<Record<K, number>>;
}

/** Beyond these the table's last column: no averaging helps. */
const TIMES = [60, 600, 3600, 86400];
/** A limit on S beyond this is none. */
const FAR = 1e4;
/** Lines of the budget smaller than this part of the largest are not shown. */
const SHOWN = 0.02;

function planLines({ labels, facts, result }: PlannedQubit): string[] {
  const { quantity: frequency } = facts.qubit.frequency ?? {};
  const head = say.heading(labels, facts.line?.name, facts.qubit.geometry ?? "geometry not stated", frequency?.value ?? Number.NaN);
  if ("refused" in result) return [head, `  ${result.refused}`];
  const { best, budget, seconds } = result;
  const total = errorAfter(best, seconds);
  const [first, second] = budget;
  return [
    head,
    ...expectedLines(result).map((l) => `  ${l}`),
    "",
    ...columns([say.tableHead(TIMES.map(say.duration)), ...result.drives.map(row)]).map((l) => `  ${l}`),
    "",
    `  ${say.best(best.saturation, say.dBm(best.pSource), say.dBm(best.pDevice), total, say.duration(seconds))}`,
    ...[...range(result), say.split(MEASUREMENTS.map((m) => say.share(say.MEASUREMENT_NAMES[m], result.shares[m])))].map((l) => `  ${l}`),
    `  ${say.budgetHead()}`,
    ...columns(
      budget
        .filter((l) => l.relative > SHOWN * first!.relative)
        .map((l) => [`    ${l.input}`, say.percent(l.relative), say.percent(l.without)]),
    ),
    ...(result.unknown.length > 0 ? [`  ${say.unknownInputs(result.unknown)}`] : []),
    ...(first ? [`  ${say.helpsMost(first.input, first.cure, total, first.without)}`] : []),
    ...(second
      ? [`  ${say.helpsNext(second.input, second.cure, first!.without, Math.hypot(...budget.slice(2).map((l) => l.relative)))}`]
      : []),
    `  ${say.dependence(...([0.1, 10].map((s) => say.dBm((best.pSource * s) / best.saturation)) as [string, string]))}`,
    ...(result.twoLevel < FAR ? [`  ${say.twoLevelLimit(result.twoLevel)}`] : []),
    ...result.checks.map((c) => `  ${c.code}: ${c.sentence}`),
  ];

  function row(d: Plan["drives"][number]): string[] {
    return [
      `  ${Number(d.saturation.toPrecision(2))}`,
      say.dBm(d.pSource),
      say.dBm(d.pDevice),
      ...TIMES.map((t) => say.percent(errorAfter(d, t))),
      say.percent(d.common),
    ];
  }
}

function expectedLines({ request: { qubit, setting } }: Plan): string[] {
  const time = (rate: number) => say.microseconds(1 / rate);
  return [
    [
      say.origin("T1", time(qubit.gamma1Total.value), qubit.gamma1Total.from, say.give("t1")),
      say.origin("T2", time(qubit.gamma2.value), qubit.gamma2.from, say.give("t2")),
      say.origin("gamma_r", say.perSecond(qubit.gammaR.value), qubit.gammaR.from, say.give("gamma-r")),
      say.origin("n_eq", String(Number(qubit.nEq.value.toPrecision(2))), qubit.nEq.from, say.stateTemperature()),
    ].join(", "),
    [
      say.origin("noise of the chain", `${setting.noisePhotons.value} photons`, setting.noisePhotons.from, say.give("noise-photons")),
      say.origin("one shot every", say.microseconds(setting.shotPeriod.value), setting.shotPeriod.from, say.give("shot-period")),
    ].join(", "),
  ];
}

/** How flat the optimum is. */
function range({ drives, best, seconds }: Plan): string[] {
  const limit = 1.1 * errorAfter(best, seconds);
  const good = drives.filter((d) => errorAfter(d, seconds) <= limit).map((d) => d.saturation);
  return good.length > 1 ? [say.flat(Math.min(...good), Math.max(...good))] : [];
}

function planJson({ labels, facts, result }: PlannedQubit) {
  const line = facts.line?.name ?? null;
  if ("refused" in result) return { ...labels, line, refused: result.refused };
  const { request, drives, best, seconds, shares, budget, unknown, twoLevel, checks } = result;
  const drive = (d: Plan["best"]) => ({ ...d, relative: errorAfter(d, seconds) });
  const { qubit, setting } = request;
  return {
    ...{ ...labels, line, expected: { ...qubit, ...setting }, seconds, best: drive(best), drives: drives.map(drive) },
    ...{
      shares,
      budget,
      unknown,
      twoLevel: Number.isFinite(twoLevel) ? twoLevel : null,
      checks: checks.map(({ code, sentence }) => ({ code, sentence })),
    },
  };
}
