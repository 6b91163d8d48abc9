/** Annotation files in the COCO format in; pictures with objects in the order of the labels out. No pixels, no tensors. */
@NullMarked
package dev.glimpse.annotation;

import org.jspecify.annotations.NullMarked;
