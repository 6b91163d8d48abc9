package dev.glimpse.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class TokenContrastTest {
    private static final double TAU = 0.5;

    @Test
    void candidatesThatCannotBeToldApartCostTheLogarithmOfTheirNumber() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray one = root.create(new float[][] {{1, 0}, {0, 1}});
            NDArray same = root.create(new float[][] {{1, 0}, {1, 0}, {1, 0}});
            float[] each = loss(root, one, one, new long[] {1, 1}, same, new long[] {2, 3, 4}, 0.1);
            assertThat(each[0]).isCloseTo((float) Math.log(4), within(1e-5f));
            assertThat(each[1]).isCloseTo((float) Math.log1p(3 * Math.exp(-10)), within(1e-5f));
        }
    }

    @Test
    void ownTokensOfAPictureAreNoNegativesForIt() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray one = root.create(new float[][] {{1, 0}, {1, 0}});
            NDArray candidates = root.create(new float[][] {{1, 0}, {1, 0}, {1, 0}});
            float[] each = loss(root, one, one, new long[] {7, 8}, candidates, new long[] {7, 7, 8}, 0.1);
            assertThat(each[0]).isCloseTo((float) Math.log(2), within(1e-5f));
            assertThat(each[1]).isCloseTo((float) Math.log(3), within(1e-5f));
        }
    }

    @Test
    void ownTokensAloneLeaveNothingToTellApart() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray one = root.create(new float[][] {{0, 1}});
            assertThat(loss(root, one, one, new long[] {7}, one, new long[] {7}, 0.1))
                    .containsExactly(new float[] {0}, within(0f));
        }
    }

    @Test
    void orderOfCandidatesDoesNotMatterAndRotationOfAllDoesNotEither() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray s = TokenContrast.unit(root.create(Numbers.normal(1, 6), new Shape(3, 2)));
            NDArray t = TokenContrast.unit(root.create(Numbers.normal(2, 6), new Shape(3, 2)));
            NDArray q = TokenContrast.unit(root.create(Numbers.normal(3, 8), new Shape(4, 2)));
            NDArray turn = root.create(new float[][] {{0.6f, -0.8f}, {0.8f, 0.6f}});
            NDArray backwards = q.flip(0);
            long[] pictures = {1, 2, 3};
            float[] each = loss(root, s, t, pictures, q, new long[] {9, 2, 1, 8}, TAU);
            assertThat(loss(root, s, t, pictures, backwards, new long[] {8, 1, 2, 9}, TAU))
                    .containsExactly(each, within(1e-5f));
            assertThat(loss(
                            root,
                            s.matMul(turn),
                            t.matMul(turn),
                            pictures,
                            q.matMul(turn),
                            new long[] {9, 2, 1, 8},
                            TAU))
                    .containsExactly(each, within(1e-5f));
        }
    }

    @Test
    void agreesWithTheFractionWrittenOut() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray s = TokenContrast.unit(root.create(Numbers.normal(4, 15), new Shape(5, 3)));
            NDArray t = TokenContrast.unit(root.create(Numbers.normal(5, 15), new Shape(5, 3)));
            NDArray q = TokenContrast.unit(root.create(Numbers.normal(6, 12), new Shape(4, 3)));
            long[] pictures = {1, 1, 2, 3, 4};
            long[] owners = {1, 2, 5, 6};
            float[] each = loss(root, s, t, pictures, q, owners, TAU);
            for (int i = 0; i < 5; i++) {
                double positive = Math.exp(dot(s, i, t, i) / TAU);
                double sum = positive;
                for (int k = 0; k < 4; k++) {
                    if (owners[k] != pictures[i]) {
                        sum += Math.exp(dot(s, i, q, k) / TAU);
                    }
                }
                assertThat((double) each[i]).isCloseTo(-Math.log(positive / sum), within(1e-5));
            }
        }
    }

    @Test
    void unitRowsHaveLengthOneAndARowOfZerosStaysFinite() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray rows = TokenContrast.unit(root.create(new float[][] {{3, 4}, {0, 0}}));
            assertThat(rows.toFloatArray()).containsExactly(new float[] {0.6f, 0.8f, 0, 0}, within(1e-6f));
        }
    }

    @Test
    void gradientAgreesWithDifferences() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray t = TokenContrast.unit(root.create(Numbers.normal(7, 6), new Shape(2, 3)));
            NDArray q = TokenContrast.unit(root.create(Numbers.normal(8, 9), new Shape(3, 3)));
            NDArray pictures = root.create(new long[] {1, 2});
            NDArray owners = root.create(new long[] {1, 3, 4});
            Differences.agree(
                    root,
                    Numbers.normal(9, 6),
                    new Shape(2, 3),
                    x -> TokenContrast.perToken(TokenContrast.unit(x), t, pictures, q, owners, TAU)
                            .mean(),
                    1e-3);
        }
    }

    private static float[] loss(
            NDManager root, NDArray s, NDArray t, long[] pictures, NDArray q, long[] owners, double tau) {
        return TokenContrast.perToken(s, t, root.create(pictures), q, root.create(owners), tau)
                .toFloatArray();
    }

    private static double dot(NDArray a, int i, NDArray b, int j) {
        float[] x = a.get(i).toFloatArray();
        float[] y = b.get(j).toFloatArray();
        double sum = 0;
        for (int d = 0; d < x.length; d++) {
            sum += (double) x[d] * y[d];
        }
        return sum;
    }
}
