/**
 * Public data sets in the files of their makers in, a data folder of ours out: annotations in COCO's and VQA v2's formats,
 * links to the pictures, and feature stores made from features of others. Nothing here trains, and no picture is copied.
 */
@NullMarked
package dev.glimpse.dataset;

import org.jspecify.annotations.NullMarked;
