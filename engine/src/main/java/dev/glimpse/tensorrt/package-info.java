/**
 * Networks on TensorRT 10.3 to 10.16: compiling a graph for the GPU of this machine, keeping what was compiled where only
 * its owner can write, and running it with tensors that stay on the device.
 *
 * <p>A plan is a compiled network as bytes. It holds code: only plans made by this user on this machine are ever loaded.
 */
@NullMarked
package dev.glimpse.tensorrt;

import org.jspecify.annotations.NullMarked;
