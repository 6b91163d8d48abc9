package dev.glimpse.parameter;

/** The numbers that a training step computes with. Weights and what the optimiser does stay 32 bits wide. */
public enum Precision {
    /** 32 bits throughout. */
    FP32,
    /** 16 bits in matrix products, 32 in norms, softmax and losses; gradients need {@code LossScale}. GPU only. */
    FP16
}
