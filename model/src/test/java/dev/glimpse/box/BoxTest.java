package dev.glimpse.box;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoxTest {
    @Test
    void iouOfHalfOverlappingSquaresIsOneThird() {
        assertThat(new Box(0, 0, 2, 2).iou(new Box(1, 0, 3, 2))).isEqualTo(1f / 3);
    }

    @Test
    void iouOfTouchingOrEmptyBoxesIsZero() {
        assertThat(new Box(0, 0, 1, 1).iou(new Box(1, 0, 2, 1))).isZero();
        assertThat(new Box(1, 1, 1, 1).iou(new Box(1, 1, 1, 1))).isZero();
    }

    @Test
    void clippingCutsToThePicture() {
        assertThat(new Box(-1, 2, 9, 9).clip(4, 3)).isEqualTo(new Box(0, 2, 4, 3));
    }
}
