"""Reading speed of numpy.loadtxt, pandas and scikit-rf, processor time on one core. Prints one JSON object per reader that is installed.

read_text.py <file> csv|touchstone
"""
import json
import os
import statistics
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"


def numpy(path, kind):
    import numpy
    return lambda: numpy.loadtxt(path, delimiter="," if kind == "csv" else None, skiprows=1), numpy.__version__


def pandas(path, kind):
    import pandas
    return lambda: pandas.read_csv(path, sep="," if kind == "csv" else " ", skiprows=1, header=None, dtype=float), pandas.__version__


def scikit_rf(path, kind):
    import skrf
    return lambda: skrf.Network(path), skrf.__version__


def main():
    path, kind = sys.argv[1:]
    for name, reader in (("numpy.loadtxt", numpy), ("pandas", pandas), ("scikit-rf", scikit_rf)):
        if name == "scikit-rf" and kind != "touchstone":
            continue
        try:
            read, version = reader(path, kind)
        except ImportError:
            print(json.dumps({"name": name}), flush=True)
            continue
        seconds = []
        for _ in range(3):
            started = time.process_time()
            read()
            seconds.append(time.process_time() - started)
        print(json.dumps({"name": name, "version": version, "seconds": statistics.median(seconds)}), flush=True)


main()
