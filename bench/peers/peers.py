"""The same traces with scipy.optimize.curve_fit, lmfit and cminpack's lmder, each with an analytic Jacobian and its own standard errors. One core.

peers.py <traces.f64> <traces> <points> <ours.f64> [<traces of lmfit>]
traces.f64: the delays, then row after row; ours.f64: rate and its standard deviation per trace. Prints one JSON object per peer.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import lmfit
import scipy
from scipy.optimize import curve_fit


def law(t, amplitude, rate, offset):
    return amplitude * np.exp(-rate * t) + offset


def jacobian(t, amplitude, rate, offset):
    e = np.exp(-rate * t)
    return np.stack((e, -amplitude * t * e, np.ones_like(t)), axis=1)


def by_scipy(t, y):
    p, covariance = curve_fit(law, t, y, p0=(y[0] - y[-1], 4.0, y[-1]), jac=jacobian, method="lm")
    return p[1], np.sqrt(covariance[1, 1])


def residual(parameters, t, y):
    v = parameters.valuesdict()
    return law(t, v["amplitude"], v["rate"], v["offset"]) - y


def derivative(parameters, t, y):
    v = parameters.valuesdict()
    return jacobian(t, v["amplitude"], v["rate"], v["offset"])


def by_lmfit(t, y):
    start = lmfit.Parameters()
    start.add("amplitude", y[0] - y[-1])
    start.add("rate", 4.0)
    start.add("offset", y[-1])
    found = lmfit.Minimizer(residual, start, fcn_args=(t, y)).leastsq(Dfun=derivative, col_deriv=0)
    return found.params["rate"].value, found.params["rate"].stderr


def compare(name, version, seconds, found, ours):
    n = len(found)
    rate, sigma = found[:, 0], found[:, 1]
    print(json.dumps({
        "name": name,
        "version": version,
        "traces": n,
        "microseconds": 1e6 * seconds / n,
        "rate_difference_in_sigma": float(np.max(np.abs(rate - ours[:n, 0]) / ours[:n, 1])),
        "sigma_relative_difference": float(np.max(np.abs(sigma / ours[:n, 1] - 1))),
    }), flush=True)


def main():
    file, traces, points, mine = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    slow = int(sys.argv[5]) if len(sys.argv) > 5 else 1000
    data = np.fromfile(file).reshape(traces + 1, points)
    ours = np.fromfile(mine).reshape(traces, 2)
    window = data[0, -1] - data[0, 0]
    t = (data[0] - data[0, 0]) / window
    for name, version, fit, count in (("scipy curve_fit", scipy.__version__, by_scipy, traces), ("lmfit", lmfit.__version__, by_lmfit, slow)):
        for y in data[1:20]:
            fit(t, y)
        found, best = [], None
        for part in np.array_split(data[1:count + 1], 5):
            started = time.process_time()
            found += [fit(t, y) for y in part]
            seconds = (time.process_time() - started) / len(part)
            best = seconds if best is None else min(best, seconds)
        compare(name, version, best * count, np.array(found, dtype=float) / window, ours)
    with tempfile.TemporaryDirectory() as folder:
        program, result = os.path.join(folder, "lmder"), os.path.join(folder, "found.f64")
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lmder.c")
        subprocess.run(["gcc", "-O2", "-o", program, source, "-lcminpack", "-lm"], check=True)
        best = None
        for _ in range(5):
            run = json.loads(subprocess.run([program, file, str(traces), str(points), result], check=True, capture_output=True, text=True).stdout)
            best = run["seconds"] if best is None else min(best, run["seconds"])
        compare("cminpack lmder", "", best, np.fromfile(result).reshape(traces, 2), ours)


main()
