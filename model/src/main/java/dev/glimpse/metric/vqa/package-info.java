/** Accuracy of answers against those of ten people, as the VQA v2 challenge counts it. */
@NullMarked
package dev.glimpse.metric.vqa;

import org.jspecify.annotations.NullMarked;
