package dev.glimpse.cuda;

/**
 * One GPU of this machine.
 *
 * @param ordinal its number among those that the process may see
 * @param name such as {@code NVIDIA H200} or {@code Orin}
 * @param capability compute capability, such as {@code 8.7}
 * @param bytes its memory; on a Jetson the memory of the whole machine
 */
public record Gpu(int ordinal, String name, String capability, long bytes) {
    @Override
    public String toString() {
        return "%s (compute capability %s, %d MiB)".formatted(name, capability, bytes >> 20);
    }
}
