package dev.glimpse.distillation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.glimpse.safetensors.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenQueueTest {
    @Test
    void onlyTheFilledPartIsUsed() {
        try (NDManager root = NDManager.newBaseManager();
                TokenQueue queue = new TokenQueue(root, 4, 1)) {
            assertThat(queue.tokens(root)).isEmpty();
            push(root, queue, 1, 2);
            assertThat(rows(root, queue)).containsExactly(1, 2);
            assertThat(owners(root, queue)).containsExactly(101, 102);
        }
    }

    @Test
    void theOldestGoFirstWhenItIsFull() {
        try (NDManager root = NDManager.newBaseManager();
                TokenQueue queue = new TokenQueue(root, 4, 1)) {
            push(root, queue, 1, 2, 3);
            push(root, queue, 4, 5, 6); // 5 and 6 wrap around onto 1 and 2
            assertThat(rows(root, queue)).containsExactly(5, 6, 3, 4);
            assertThat(owners(root, queue)).containsExactly(105, 106, 103, 104);
            push(root, queue, 7);
            assertThat(rows(root, queue)).containsExactly(5, 6, 7, 4);
            assertThat(queue.filled()).isEqualTo(4);
        }
    }

    @Test
    void ofMoreTokensThanItHoldsTheLastOnesStay() {
        try (NDManager root = NDManager.newBaseManager();
                TokenQueue queue = new TokenQueue(root, 3, 1)) {
            push(root, queue, 1, 2, 3, 4, 5);
            assertThat(rows(root, queue)).containsExactlyInAnyOrder(3, 4, 5);
            push(root, queue, 6);
            assertThat(rows(root, queue)).containsExactlyInAnyOrder(4, 5, 6);
        }
    }

    @Test
    void whatWasHandedOutStaysWhenMoreIsPushed() {
        try (NDManager root = NDManager.newBaseManager();
                TokenQueue queue = new TokenQueue(root, 2, 1)) {
            push(root, queue, 1, 2);
            TokenQueue.Tokens before = queue.tokens(root).orElseThrow();
            push(root, queue, 3, 4);
            assertThat(before.rows().toFloatArray()).containsExactly(1, 2);
        }
    }

    @Test
    void itsBuffersAreItsWholeState() {
        try (NDManager root = NDManager.newBaseManager();
                TokenQueue queue = new TokenQueue(root, 4, 1);
                TokenQueue other = new TokenQueue(root, 4, 1)) {
            push(root, queue, 1, 2, 3, 4, 5);
            Map<String, FloatTensor> state = new LinkedHashMap<>();
            queue.buffers().forEach(b -> state.putAll(b.tensors()));
            other.buffers().forEach(b -> b.load(state, "the state"));
            push(root, queue, 6);
            push(root, other, 6);
            assertThat(rows(root, other)).containsExactly(rows(root, queue));
            assertThat(owners(root, other)).containsExactly(owners(root, queue));
        }
    }

    /** Tokens of width 1; picture 100 + n for token n. */
    private static void push(NDManager root, TokenQueue queue, float... tokens) {
        long[] pictures = new long[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            pictures[i] = 100 + (long) tokens[i];
        }
        try (NDManager step = root.newSubManager()) {
            queue.push(step.create(tokens).reshape(-1, 1), pictures);
        }
    }

    private static float[] rows(NDManager root, TokenQueue queue) {
        return queue.tokens(root).orElseThrow().rows().toFloatArray();
    }

    private static long[] owners(NDManager root, TokenQueue queue) {
        return queue.tokens(root).orElseThrow().owners().toLongArray();
    }
}
