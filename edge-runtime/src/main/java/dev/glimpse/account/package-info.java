/**
 * How many frames came in and what became of them, per camera and in all:
 * received = captions + skipped + rejected + in flight + handed over.
 */
@NullMarked
package dev.glimpse.account;

import org.jspecify.annotations.NullMarked;
