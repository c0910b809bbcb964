"""The same linear field model with scipy: Crank-Nicolson, one SuperLU factor for all steps, forward and adjoint.

field.py <cells along a side> <steps> <last state.f64>: prints one line of JSON with processor times (fastest of three) and the largest difference
of the last state, relative to its largest value.
"""
import json
import sys
import time

import numpy as np
import scipy
from scipy.sparse import coo_matrix, diags, identity
from scipy.sparse.linalg import splu

n, steps = int(sys.argv[1]), int(sys.argv[2])
ours = np.fromfile(sys.argv[3])
length, dt = 1e-4, 1e-6
k = np.arange(n * n)
gamma0 = 2e4 * (1 + 0.5 * np.sin(k))
gamma2 = 3e-6 * (1 + 0.5 * np.cos(k))
h = length / n


def conductances(a, b):
    """Harmonic means at the faces between cells a and b, over the square of the spacing."""
    return 2 / (1 / gamma2[a] + 1 / gamma2[b]) / h**2


cell = k.reshape(n, n)
pairs = [(cell[:, :-1].ravel(), cell[:, 1:].ravel()), (cell[:-1].ravel(), cell[1:].ravel())]
a = np.concatenate([p[0] for p in pairs])
b = np.concatenate([p[1] for p in pairs])
g = conductances(a, b)
flow = coo_matrix((np.concatenate([-g, -g]), (np.concatenate([a, b]), np.concatenate([b, a]))), shape=(n * n, n * n)).tocsc()
operator = flow - diags(np.asarray(flow.sum(axis=1)).ravel()) + diags(gamma0)
implicit = (identity(n * n) + dt / 2 * operator).tocsc()
explicit = (identity(n * n) - dt / 2 * operator).tocsr()
power = np.full(n * n, dt * 1e-8)


def run():
    t0 = time.process_time()
    factor = splu(implicit, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    t1 = time.process_time()
    u = [np.zeros(n * n)]
    for _ in range(steps):
        u.append(factor.solve(explicit @ u[-1] + power))
    t2 = time.process_time()
    v, gradient = u[-1], np.zeros(n * n)
    for i in range(steps - 1, -1, -1):
        w = factor.solve(v, "T")
        gradient -= dt / 2 * w * (u[i] + u[i + 1])
        v = explicit.T @ w
    t3 = time.process_time()
    return (t1 - t0, t2 - t1, t3 - t2), u[-1]


runs = [run() for _ in range(3)]
times = [min(r[0][i] for r in runs) for i in range(3)]
last = runs[0][1]
difference = float(np.abs(last - ours).max() / np.abs(last).max())
print(json.dumps({"version": scipy.__version__, "factor_s": times[0], "forward_s": times[1], "adjoint_s": times[2], "difference": difference}))
