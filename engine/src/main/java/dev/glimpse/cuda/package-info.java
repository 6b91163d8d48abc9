/**
 * One NVIDIA GPU: its memory, one stream of work on it, recorded work that can be launched again. Speaks to the driver
 * library alone ({@code libcuda.so.1}), whose functions are the same under CUDA 12 and 13; knows nothing of networks.
 *
 * <p>Addresses and handles are plain 64-bit numbers.
 */
@NullMarked
package dev.glimpse.cuda;

import org.jspecify.annotations.NullMarked;
