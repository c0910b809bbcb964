import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/csv.ts";
import { columnOf, columnsOf } from "../../src/tables/dataset.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";

const body = "0,0.9\n1,0.7\n2,0.5\n3,0.4\n";
const delays = [0, 1e-6, 2e-6, 3e-6];
const populations = [0.9, 0.7, 0.5, 0.4];

describe("columns by their headers", () => {
  it.each(["delay [us]", "Delay (us)", "delay_us", "t/us", "tau {µs}", "wait time [us]", "Delay us", '"delay [us]"', "time (us)", "t_us"])(
    "takes %j for the delay",
    async (header) => {
      const dataset = await readOne("q1_t1.csv", `${header},p1\n${body}`);
      expect(values(dataset, "delay")).toEqual(delays);
      expect(columnOf(dataset, "delay")!.unit).toBe("s");
      expect(values(dataset, "population")).toEqual(populations);
      expect(dataset).toMatchObject({
        kind: "decay",
        kindInferred: false,
        axis: "single",
        noise: { type: "unknown" },
        labels: { trace: "p1", qubit: "" },
      });
    },
  );

  it.each(["p1", "P(1)", "P(|1>)", "pe", "population", "excited_population", "n_e", "prob_1"])(
    "takes %j for the population",
    async (header) => {
      expect(values(await readOne("a.csv", `delay [us],${header}\n${body}`), "population")).toEqual(populations);
    },
  );

  it("scales percent, and a standard deviation without unit along with it", async () => {
    const dataset = await readOne("a.csv", "delay [us],P1 (%),std\n0,90,1.5\n1,70,1.5\n2,50,3\n");
    expect(values(dataset, "population")).toEqual([0.9, 0.7, 0.5]);
    expect(values(dataset, "sigma")).toEqual([0.015, 0.015, 0.03]);
    expect(dataset.noise).toEqual({ type: "sigma" });
  });

  it("divides counts by shots", async () => {
    const dataset = await readOne("a.csv", "delay [us],counts,shots\n0,900,1000\n1,350,500\n2,0,1000\n");
    expect(values(dataset, "population")).toEqual([0.9, 0.7, 0]);
    expect(columnOf(dataset, "population")!.inferred).toBe(say.countsDivided("counts", "shots"));
    expect(dataset.noise).toEqual({ type: "binomial", shots: "column" });
  });

  it("reads voltages, and magnitude with phase as I and Q", async () => {
    const iq = await readOne("a.csv", "delay [us],I (mV),Q (mV)\n0,1,2\n1,3,4\n2,5,6\n");
    expect(values(iq, "i")).toEqual([1e-3, 3e-3, 5e-3]);
    expect(columnOf(iq, "q")!.unit).toBe("V");
    const polar = await readOne("a.csv", "delay [us],magnitude [mV],phase [deg]\n0,1,0\n1,2,90\n2,3,180\n");
    [0, 2e-3, 0].forEach((q, i) => {
      expect(values(polar, "q")[i]).toBeCloseTo(q, 15);
    });
    const alone = await readOne("a.csv", "delay [us],magnitude [mV]\n0,3\n1,2\n2,1\n");
    expect(values(alone, "voltage")).toEqual([3e-3, 2e-3, 1e-3]);
    expect(noteTexts(alone)).toContain(say.magnitudeOnly("magnitude"));
  });

  it("converts dB and degrees to a complex S, with its port", async () => {
    const dataset = await readOne("a.csv", "f/GHz,S21 (dB),S21 (deg)\n5,-20,0\n5.1,-20,90\n5.2,0,180\n");
    expect(dataset.kind).toBe("scattering");
    expect(values(dataset, "frequency")).toEqual([5e9, 5.1e9, 5.2e9]);
    [0.1, 0, -1].forEach((re, i) => {
      expect(values(dataset, "s_re", "21")[i]).toBeCloseTo(re, 15);
    });
    [0, 0.1, 0].forEach((im, i) => {
      expect(values(dataset, "s_im", "21")[i]).toBeCloseTo(im, 15);
    });
    const magnitude = await readOne("a.csv", "frequency [GHz],s_db\n5,-20\n5.1,-40\n5.2,0\n");
    expect(values(magnitude, "s_mag")).toEqual([0.1, 0.01, 1]);
    const trailing = await readOne(
      "a.csv",
      "freq[Hz];re:Trc1_S21;im:Trc1_S21;\n5000000000;0,5;-0,5;\n5100000000;0,25;0,5;\n5200000000;0,1;0,5;\n",
    );
    expect(values(trailing, "s_re", "21")).toEqual([0.5, 0.25, 0.1]);
  });

  it("reads the power table and the saturation table, dBm as W", async () => {
    const table = await readOne(
      "a.csv",
      "power [dBm],incident [fW],reflected [fW],reflected_off [fW],p1,shots\n-100,1,0.5,0.9,0.1,500\n-90,2,0.6,1.9,0.2,500\n-80,3,1,2.9,0.3,500\n",
    );
    expect(table).toMatchObject({ kind: "power", noise: { type: "binomial", shots: "column" } });
    expect(values(table, "incident")).toEqual([1e-15, 2e-15, 3e-15]);
    // 1 mW times 10^-10, 10^-9, 10^-8.
    [1e-13, 1e-12, 1e-11].forEach((watt, i) => {
      expect(values(table, "power")[i]! / watt).toBeCloseTo(1, 14);
    });
    const inOut = await readOne("a.csv", "p_in [fW],p_out [fW],p1\n1,0.5,0.1\n2,0.6,0.2\n");
    expect(inOut.kind).toBe("power");
    expect(values(inOut, "incident")).toEqual([1e-15, 2e-15]);
    const saturation = await readOne("a.csv", "power [dBm],frequency [GHz],p1\n-100,5,0.1\n-90,5,0.2\n-80,5,0.3\n");
    expect(saturation).toMatchObject({ kind: "population", axis: "single", conditions: [] });
    expect(values(saturation, "frequency")).toEqual([5e9, 5e9, 5e9]);
  });

  it("reads maps and their sources", async () => {
    const map = await readOne("a.csv", "t [s],x [m],y [m],u [J/m^2],sigma [J/m^2]\n0,0,0,1,0.1\n0,0.1,0,2,0.1\n1,0,0,3,0.1\n");
    expect(map).toMatchObject({ kind: "field", noise: { type: "sigma" }, axis: "single" });
    expect(values(map, "time")).toEqual([0, 0, 1]);
    expect((await readOne("a.csv", "x [mm],y [mm],r_total [W/m^2]\n0,0,1\n1,0,2\n1,1,3\n")).kind).toBe("field-source");
  });

  it.each([
    ["q1_t1_003.csv", "decay", false],
    ["T1.csv", "decay", false],
    ["scan.csv", "decay", true],
    ["q1_T20mK.csv", "decay", true],
    ["T1rho.csv", "coherence", false],
    ["q_T2s.csv", "coherence", false],
    ["q1_spin_lock.csv", "coherence", false],
    ["q4_XY8_n16.csv", "coherence", false],
    ["q1_cpmg16_T1.csv", "coherence", false],
    ["q1_timerabi.csv", "rabi", false],
    ["q1_T1_ef.csv", "other", false],
    ["q1_RB.csv", "other", false],
    ["Ramsey/q1_a.csv", "coherence", false],
    ["2026-11-02 echo/run3/q1_a.csv", "coherence", false],
    ["T1/q1_a.csv", "decay", false],
    ["T1/q1_echo.csv", "coherence", false],
    ["T1 and Ramsey/q1_a.csv", "decay", true],
    ["q1_echo_T1.csv", "coherence", false],
    ["ramsey.csv", "coherence", false],
    ["T2star.csv", "coherence", false],
    ["rabi_q2.csv", "rabi", false],
    ["pulsed_spec.csv", "other", false],
  ])("calls a delay table named %s %s (inferred: %s)", async (name, kind, kindInferred) => {
    expect(await readOne(name, `delay [us],p1\n${body}`)).toMatchObject({ kind, kindInferred });
  });

  it("takes the kind from comments when the name is silent", async () => {
    expect(await readOne("a.csv", `# T1 of q3\ndelay [us],p1\n${body}`)).toMatchObject({ kind: "decay", kindInferred: false });
    expect(await readOne("a.csv", `# Hahn echo\ndelay [us],p1\n${body}`)).toMatchObject({ kind: "coherence" });
  });

  it("lists what was measured against a temperature or a power, with their units", async () => {
    const quality = await readOne("a.csv", "Temperatur (mK);Power (dBm);Qint\n100;-140;1,64E+06\n200;-140;1,53E+06\n");
    expect(quality.kind).toBe("other");
    const columns = columnsOf(quality).map(({ name, unit, values }) => [name, unit, ...values]);
    expect(columns).toEqual([
      ["Temperatur", "K", 0.1, 0.2],
      ["Power", "W", 1e-17, 1e-17],
      ["Qint", "1", 1.64e6, 1.53e6],
    ]);
    expect(await readOne("a.csv", "T [K],shift\n1,0\n2,1e-7\n")).toMatchObject({ kind: "other" });
  });

  it("finds the header in the comment where numpy.savetxt puts it, whatever the file is called", async () => {
    const text = "# delay_us p1\n0.0e+00 9.0e-01\n1.0e+00 7.0e-01\n2.0e+00 5.0e-01\n";
    expect(values(await readOne("T1.txt", text), "delay")).toEqual([0, 1e-6, 2e-6]);
    expect((await importContent("a.txt", text.replace("delay_us p1", "on delay and other things"))).status).toBe("unrecognised");
  });

  it("says what it does not know instead of guessing", async () => {
    const cases: [string, string][] = [
      ["time,T_mxc [mK]\n0,10\n1,11\n2,12\n", say.meaningUnknown(["time", "T_mxc [mK]"], false)],
      [
        "0,0.9\n1,0.8\n2,0.7\n",
        say.meaningUnknown(["column 1", "column 2"], true, [
          ["delay", "#1 [us]"],
          ["population", "#2"],
        ]),
      ],
      ["time [s],voltage [V]\n0,1\n600,1\n1200,1\n", say.timeTooLong(1200)],
      ["time [s],voltage [V],T [K]\n0,1,4\n1,1,4\n2,1,4\n", say.looksLikeLog(["time [s]", "voltage [V]", "T [K]"])],
      ["Time,Voltage\n0,1\n1,1\n2,1\n", say.meaningUnknown(["Time", "Voltage"], false)],
      ["sample,material\nA,Nb\nB,Al\n", say.textTable(["sample", "material"])],
      ["TEMP: 16 mK\nSPAN: 0.2 MHz\n", say.settingsNotTable("TEMP: 16 mK")],
    ];
    for (const [text, message] of cases) expect(await importContent("log.csv", text)).toEqual({ status: "unrecognised", message });
  });

  it("asks for a unit that stands nowhere, with the line to write", async () => {
    expect((await failure("a.csv", `delay,p1\n${body}`)).message).toBe(
      say.noUnit([{ role: "delay", name: "delay", example: "delay [us]" }]),
    );
    expect((await failure("a.csv", "x,y,r_total\n0,0,1\n1,0,2\n")).message).toBe(
      say.noUnit([
        { role: "x", name: "x", example: "x [m]" },
        { role: "y", name: "y", example: "y [m]" },
        { role: "r_total", name: "r_total", example: "r_total [W/m^2]" },
      ]),
    );
    const hz = await readOne("a.csv", "frequency,s11_re,s11_im\n5000000000,1,0\n5100000000,1,0\n");
    expect(columnOf(hz, "frequency")!.inferred).toContain("Hz");
    expect((await failure("a.csv", "frequency,s11_re,s11_im\n5.0,1,0\n5.1,1,0\n")).message).toContain('frequency: "frequency [GHz]"');
  });

  it("infers a network analyser's headerless trace and says so; degrees or radians are asked for", async () => {
    const trace = (scale: number) =>
      Array.from({ length: 20 }, (_, i) => `${5e9 + i * 1e5},${-20 - i / 10},${scale * (i - 10)}`).join("\n");
    const dataset = await readOne("a.csv", trace(10));
    expect(dataset.kind).toBe("scattering");
    expect(noteTexts(dataset).join()).toContain(say.vnaInferred("Hz", "deg", "it reaches 100 and stays within 360"));
    expect(Math.hypot(values(dataset, "s_re")[0]!, values(dataset, "s_im")[0]!)).toBeCloseTo(0.1, 14);
    expect((await failure("a.csv", trace(0.1))).message).toBe(say.phaseUnit("Hz"));
  });
});

describe("what is written is what is read", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  it("holds for every double, delimiter, line end and decimal mark", async () => {
    const row = fc.tuple(number, number);
    const dialect = fc.constantFrom(["\t", "."], [";", ","], [",", "."], [" ", "."], ["|", "."], ["\t", ","]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 2, maxLength: 30 }),
        dialect,
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.boolean(),
        async (rows, [delimiter, mark], end, trailing) => {
          // Nothing but 0 and 1 at a repeated delay are single shots, which are counted (table-shots.test.ts).
          fc.pre(rows.some(([, p]) => p !== 0 && p !== 1));
          const cell = (x: number) => (Object.is(x, -0) ? "-0" : String(x)).replace(".", mark!);
          const lines = [["delay_s", "p1"], ...rows.map(([a, b]) => [cell(a), cell(b)])].map((cells) => cells.join(delimiter));
          const datasets = await read("T1.csv", lines.join(end) + (trailing ? end : ""));
          expect(datasets).toHaveLength(1);
          expect(values(datasets[0]!, "delay")).toEqual(rows.map(([a]) => a));
          expect(values(datasets[0]!, "population")).toEqual(rows.map(([, b]) => b));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("gives the same dataset id for the same numbers in other units and dialects", async () => {
    const a = await readOne("T1.csv", "delay [us],p1\n1.1,0.5\n2.3,0.25\n3.7,0.125\n");
    const b = await readOne("T1_b.csv", "# a comment\r\nDelay (ns);Population (%)\r\n1100;50\r\n2300;25\r\n3700;12,5\r\n");
    expect(b.id).toBe(a.id);
    expect((await readOne("T1.csv", "delay [us],p1\n1.1,0.5\n2.3,0.25\n3.7,0.1251\n")).id).not.toBe(a.id);
  });
});
