package dev.glimpse.distillation;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Eigenvectors of symmetric matrices by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5). */
final class Eigen {
    private static final int SWEEPS = 30;

    private Eigen() {}

    /**
     * Orthonormal eigenvectors, those of the largest eigenvalue first.
     *
     * @param a symmetric (n, n); overwritten
     * @return (n, n): one vector a row
     */
    static double[][] vectors(double[][] a) {
        int n = a.length;
        double[][] v = new double[n][n]; // rows
        for (int i = 0; i < n; i++) {
            v[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && rest(a) > 1e-20; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, v, p, q);
                }
            }
        }
        return IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -a[i][i]))
                .map(i -> v[i])
                .toArray(double[][]::new);
    }

    /** Share of the squares that is off the diagonal. */
    private static double rest(double[][] a) {
        double off = 0;
        double all = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                double square = a[i][j] * a[i][j];
                all += square;
                off += i == j ? 0 : square;
            }
        }
        return all == 0 ? 0 : off / all;
    }

    /** Turns axes p and q so that a[p][q] becomes 0. */
    private static void rotate(double[][] a, double[][] v, int p, int q) {
        if (a[p][q] == 0) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < a.length; k++) { // columns
            double kp = a[k][p];
            double kq = a[k][q];
            a[k][p] = c * kp - s * kq;
            a[k][q] = s * kp + c * kq;
        }
        turn(a[p], a[q], c, s);
        turn(v[p], v[q], c, s);
    }

    private static void turn(double[] p, double[] q, double c, double s) {
        for (int k = 0; k < p.length; k++) {
            double kp = p[k];
            double kq = q[k];
            p[k] = c * kp - s * kq;
            q[k] = s * kp + c * kq;
        }
    }
}
