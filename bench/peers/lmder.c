/* The same traces with cminpack's lmder: analytic Jacobian, its own covariance. One core. */
#include <cminpack-1/cminpack.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct data {
  int points;
  const double *t, *y;
};

/* Parameters: amplitude, rate in units of 1/window, offset (delays come in units of the window). */
static int residuals(void *user, int m, int n, const double *p, double *f, double *jacobian, int columns, int what) {
  const struct data *d = user;
  (void)n;
  for (int i = 0; i < m; i++) {
    const double e = exp(-p[1] * d->t[i]);
    if (what == 1) f[i] = p[0] * e + p[2] - d->y[i];
    else if (what == 2) {
      jacobian[i] = e;
      jacobian[i + columns] = -p[0] * d->t[i] * e;
      jacobian[i + 2 * columns] = 1.0;
    }
  }
  return 0;
}

static double now(void) {
  struct timespec s;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &s);
  return s.tv_sec + 1e-9 * s.tv_nsec;
}

/* lmder <traces.f64> <traces> <points> <results.f64>: the file holds the delays, then row after row. */
int main(int argc, char **argv) {
  if (argc != 5) return 2;
  const int traces = atoi(argv[2]), points = atoi(argv[3]);
  double *all = malloc(sizeof(double) * points * (traces + 1));
  double *found = malloc(sizeof(double) * 2 * traces);
  FILE *in = fopen(argv[1], "rb");
  if (!all || !found || !in || fread(all, sizeof(double), (size_t)points * (traces + 1), in) != (size_t)points * (traces + 1)) return 3;
  const double window = all[points - 1] - all[0];
  double *x = malloc(sizeof(double) * points), *f = malloc(sizeof(double) * points), *work = malloc(sizeof(double) * points);
  double *jacobian = malloc(sizeof(double) * 3 * points);
  if (!x || !f || !work || !jacobian) return 3;
  for (int i = 0; i < points; i++) x[i] = (all[i] - all[0]) / window;
  long evaluations = 0;
  const double started = now();
  for (int k = 0; k < traces; k++) {
    struct data d = {points, x, all + (size_t)points * (k + 1)};
    double p[3] = {d.y[0] - d.y[points - 1], 4.0, d.y[points - 1]}, diagonal[3], qtf[3], w1[3], w2[3], w3[3];
    int pivot[3], calls, gradients;
    lmder(residuals, &d, points, 3, p, f, jacobian, points, 1e-10, 1e-10, 0.0, 200, diagonal, 1, 100.0, 0, &calls, &gradients, pivot, qtf, w1, w2, w3, work);
    double sum = 0;
    for (int i = 0; i < points; i++) sum += f[i] * f[i];
    /* (J^T J)^-1 from the R that lmder leaves in the Jacobian's place. */
    covar(3, jacobian, points, pivot, 1e-14, w1);
    found[2 * k] = p[1] / window;
    found[2 * k + 1] = sqrt(jacobian[1 + points] * sum / (points - 3)) / window;
    evaluations += calls + gradients;
  }
  const double seconds = now() - started;
  FILE *out = fopen(argv[4], "wb");
  if (!out || fwrite(found, sizeof(double), 2 * (size_t)traces, out) != 2 * (size_t)traces || fclose(out)) return 4;
  printf("{\"seconds\": %.9f, \"traces\": %d, \"evaluations\": %.3f}\n", seconds, traces, (double)evaluations / traces);
  return 0;
}
