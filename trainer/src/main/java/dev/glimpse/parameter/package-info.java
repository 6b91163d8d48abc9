/**
 * The numbers of a network. All trainable ones stand in one flat float32 array of length P and all running statistics in
 * another; networks see named views of them. So optimiser, clipping, checks and reduction are a handful of operations
 * each, whatever the network. Nothing here knows a network or a loss.
 */
@NullMarked
package dev.glimpse.parameter;

import org.jspecify.annotations.NullMarked;
