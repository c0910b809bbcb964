import * as csv from "../../src/core/messages/csv.ts";
import { emptyAndLeft, nobodyRecognises } from "../../src/core/messages/importers.ts";
import * as touchstone from "../../src/core/messages/touchstone.ts";
import { IMPORTER_NAMES } from "../../src/importers/registry.ts";
import { MEASURED } from "./shared-measured.ts";

/** What has to become of a file under `../shared/data`. */
export interface Outcome {
  /** `quantify: 1 decay of q0`, `refused` or `unrecognised`. */
  readonly said: string;
  /** The sentence with which it is refused or left alone. */
  readonly message?: string;
  /** Columns that are compared, axis first: `delay [s]*`. */
  readonly columns?: readonly string[];
  /** Points, first and last value of the axis, sum of every column. */
  readonly numbers?: readonly number[];
}

const COMMENTED = ["x", "y", "r_total"];
const UNIT = ["m", "m", "W/m^2"];

const LEFT: Readonly<Record<string, Outcome>> = {
  "field-fem/r_total.csv": {
    said: "refused",
    message: csv.noUnit(COMMENTED.map((name, i) => ({ role: name, name, example: `${name} [${UNIT[i]}]` }))),
  },
  "labcore-ddh5/2023-11-16T073542_09cf8c50-qA_T1/__complete__.tag": { said: "unrecognised", message: emptyAndLeft() },
  "scresonators/temperature_control/RGREF01_01_220209_4.22383GHz__17mK/RGREF01_01_220209_4.22383GHz_17mK_conditions.csv": {
    said: "unrecognised",
    message: csv.conditionsOfOthers(),
  },
  "touchstone-citi/handmade/decimal_comma.s1p": { said: "refused", message: touchstone.notANumber(2, "1,5") },
  "touchstone-citi/handmade/extra_pair.s1p": { said: "refused", message: touchstone.wrongCount(2, 4, 3, 1) },
  "touchstone-citi/handmade/truncated_row.s2p": { said: "refused", message: touchstone.cutOff(3, 7, 9) },
  // Examples of comments and keywords without any data.
  "touchstone-citi/io/comments.s3p": { said: "refused", message: touchstone.noData() },
  "touchstone-citi/ts/ex_1.ts": { said: "refused", message: touchstone.noData() },
};

/** Folder -> outcome -> names: network parameters, whose numbers `shared-networks.ts` compares, and files that are left alone. */
const LISTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "": {
    unrecognised: "README.md",
  },
  "field-fem": {
    unrecognised: "experiment.json truth.json",
  },
  "labber-mit-equs": {
    unrecognised: "LICENSE",
  },
  "labcore-ddh5/2023-11-16T073542_09cf8c50-qA_T1": {
    unrecognised: "instruments.json parameters.json sweep_action_kwargs.json",
  },
  "labcore-ddh5": {
    unrecognised: "LICENSE",
  },
  "nist-strd": {
    unrecognised: `Bennett5.dat BoxBOD.dat Chwirut1.dat Chwirut2.dat DanWood.dat ENSO.dat Eckerle4.dat Gauss1.dat Gauss2.dat Gauss3.dat
      Hahn1.dat Kirby2.dat Lanczos1.dat Lanczos2.dat Lanczos3.dat MGH09.dat MGH10.dat MGH17.dat Misra1a.dat
      Misra1b.dat Misra1c.dat Misra1d.dat Nelson.dat Rat42.dat Rat43.dat Roszman1.dat Thurber.dat`,
  },
  "philzghub-qint-power": {
    unrecognised: "LICENSE README.md",
  },
  "philzghub-qint-power/plots/freqshift": {
    unrecognised: "freqshift.json",
  },
  "philzghub-qint-power/plots/qint": {
    unrecognised: "qint_lin.json qint_log.json qint_singlecurve.json",
  },
  "pycqed-dicarlo": {
    unrecognised: "LICENSE",
  },
  "quantify-core": {
    unrecognised: "LICENSE",
  },
  "quantify-core/vna/20210118/20210118-202044-211-58ddb0-heterodyne_spectroscopy_mockDev": {
    unrecognised: "snapshot.json",
  },
  "quantify-core/vna/20210126/20210126-162726-170-de4f78-TWPA_pump_8.3300GHz_heterodyne_spectroscopy_mockDevmock-coarse": {
    unrecognised: "snapshot.json",
  },
  "quantify-core/vna/20211029/20211029-000217-063-ab42e4-Pulsed spectroscopy q4": {
    unrecognised: "snapshot.json",
  },
  "quantify-core/vna/20211029/20211029-001240-717-587536-Pulsed spectroscopy q4": {
    unrecognised: "snapshot.json",
  },
  "quantify-core/vna/20211029/20211029-002303-114-e360dc-Pulsed spectroscopy q4": {
    unrecognised: "snapshot.json",
  },
  "quantify-core/vna/20230308/20230308-235659-059-cf471e-ResonatorFluxSpectroscopy/analysis_ResonatorFluxSpectroscopyAnalysis/fit_results":
    {
      unrecognised: "sin.txt",
    },
  "quantify-core/vna/20230309/20230309-235228-129-1a58f5-ResonatorFluxSpectroscopy/analysis_ResonatorFluxSpectroscopyAnalysis/fit_results":
    {
      unrecognised: "sin.txt",
    },
  "quantify-core/vna/20230309/20230309-235354-353-9c94c5-QubitSpectroscopy/analysis_QubitFluxSpectroscopyAnalysis/fit_results": {
    unrecognised: "poly2.txt",
  },
  "scresonators/fit_resonator/Resources": {
    "touchstone: 1 scattering": "awr_sim_sample.s2p",
    unrecognised: "filler",
  },
  "tergite-chalmers": {
    unrecognised: "LICENSE",
  },
  "titorx-citi": {
    unrecognised: "LICENSE README.md",
  },
  "titorx-citi/tests": {
    "citi: 18 scattering + 18 other": "data.citi",
    unrecognised: "test.py",
  },
  "touchstone-citi": {
    unrecognised: "LICENSE-scikit-rf.txt expected.json",
  },
  "touchstone-citi/csv": {
    "keysight-pna: 1 other": "pna_csv_reim.csv",
  },
  "touchstone-citi/handmade": {
    "touchstone: 1 scattering": `HFSS_gamma.s1p R_complex.s1p dup_freq.s1p exp3_digits.s1p four_port_oneline.s4p latin1_degree.s1p nan_value.s1p
      no_trailing_newline_ws.s1p opt_R_only.s1p opt_absent.s1p opt_missing_all.s1p opt_partial.s1p
      opt_second_ignored.s1p tabs_crlf_bom.s1p three_port_wrap.s3p two_port_order.s2p v1_Y_norm.s1p v1_Z_norm.s1p
      v21.ts v2_Z_not_norm.ts v2_infoblock.ts v2_s2p_ext.s2p zero_freq_DC.s1p`,
    unrecognised: "expected_handmade.json",
    "touchstone: 1 scattering + 1 other": "noise_after_net.s2p",
  },
  "touchstone-citi/handmade_citi": {
    unrecognised: "expected_handmade_citi.json",
    "citi: 1 other": "hp_example2_memory_novarlist.cti",
    "citi: 1 scattering": "hp_example3_seglist.cti",
    "citi: 4 scattering": "two_packages_constant_comment.cti",
  },
  "touchstone-citi/io": {
    "touchstone: 1 scattering": `ansys_modal_data.s2p ansys_terminal_data.s4p double_option_line.s2p embedingNetwork.s2p hfss_oneport.s1p
      hfss_twoport.s2p match.s1p ntwk1.s2p ntwk2.s2p ntwk3.s2p open.s1p short.s1p simple_touchstone.s2p
      test_encoding_ISO-8859-1.s2p test_encoding_UTF-8-SIG.s2p test_encoding_unknown.s2p`,
    "keysight-pna: 1 other": "pna_csv_reim.csv",
  },
  "touchstone-citi/mdif_citi": {
    "citi: 4 scattering": "test_1p_citi.cti test_2p_citi.cti",
    "citi: 1 scattering": "test_1p_citi_2_ri.cti test_2p_citi_2.cti test_2p_only_freq_VAR.cti",
    "mdif: 4 scattering": "test_1p_gmdif.mdf test_2p_gmdif.mdf",
    "mdif: 3 scattering": "test_1p_gmdif_2.mdf test_2p_gmdif_3.mdf test_4p_gmdif.mdf",
    "citi: 24 scattering": "test_2p_citi_2params.cti test_2p_citi_2params_db.cti",
    "citi: 2 scattering": "test_2p_citi_3_ri.cti",
    "mdif: 8 scattering": "test_2p_gmdif_2.mdf",
    "mdif: 5 scattering": "test_2p_gmdif_yz.mdf test_2p_gmdif_z.mdf",
    "citi: 3 scattering": "test_4p_citi.cti",
    "mdif: 1 scattering": "test_comment_after_BEGIN.mdf",
  },
  "touchstone-citi/network": {
    "touchstone: 1 scattering": `Agilent_E5071B.s4p Clarity_example.S2P RS_ZVR_1.20_beta_f.s2p designer_variable_coupler_ideal_20deg.s4p
      designer_variable_coupler_ideal_75deg.s4p designer_wilkinson_splitter.s3p fet.s2p helic_example_6ports_V2.sp
      helic_example_6ports_V2.ts hfss_18.2.s3p hfss_19.2.s10p hfss_19.2.s8p hfss_oneport.s1p
      hfss_oneport_powerwave.s1p hfss_threeport_MA_without_gamma_z0_50Ohm.s3p hfss_twoport.s2p ntwk.s32p ntwk1.s2p
      ntwk2.s2p ntwk3.s2p ntwk4.s2p ntwk_arbitrary_frequency.s2p tmp_skrf_oneport_powerwave.s1p`,
    "touchstone: 1 scattering + 1 other": "ntwk4_n.s2p ntwk_noise.s2p ntwk_noise_interp.s2p thru.s2p",
  },
  "touchstone-citi/ts": {
    "touchstone: 1 scattering": `ansys.ts ex_10.ts ex_11.s2p ex_12.ts ex_12_g.ts ex_13.s2p ex_14.s4p ex_16.ts ex_2.ts ex_3.ts ex_4.ts ex_5.ts ex_6.ts
      ex_7.ts ex_8.s1p ex_9.s1p`,
    "touchstone: 1 scattering + 1 other": "ex_17.ts ex_18.s2p",
  },
};

/** Path -> outcome, for every file that was looked at. */
export function expectedOutcomes(): Map<string, Outcome> {
  const outcomes = new Map(Object.entries(LEFT));
  for (const [folder, byOutcome] of Object.entries(LISTED))
    for (const [said, names] of Object.entries(byOutcome))
      for (const name of names.split(/\s+/))
        outcomes.set(folder === "" ? name : `${folder}/${name}`, {
          said,
          ...(said === "unrecognised" ? { message: nobodyRecognises(IMPORTER_NAMES) } : {}),
        });
  for (const line of MEASURED.trim().split("\n")) {
    const [path, said, columns, numbers] = line.split(" | ");
    outcomes.set(path!, { said: said!, columns: columns!.split(", "), numbers: numbers!.split(" ").map(Number) });
  }
  return outcomes;
}
