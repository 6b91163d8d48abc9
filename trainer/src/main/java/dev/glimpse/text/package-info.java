/** The texts of a data set, read from files in the formats of COCO captions and VQA v2, and what is built from them. */
@NullMarked
package dev.glimpse.text;

import org.jspecify.annotations.NullMarked;
