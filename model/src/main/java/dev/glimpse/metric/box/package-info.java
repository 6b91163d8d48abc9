/** Average precision and recall of boxes, as the COCO and Pascal VOC challenges count them. */
@NullMarked
package dev.glimpse.metric.box;

import org.jspecify.annotations.NullMarked;
