/** Writes scenes as a data set: pictures with COCO instances and captions and VQA v2 questions, in four splits. */
@NullMarked
package dev.glimpse.scene.dataset;

import org.jspecify.annotations.NullMarked;
