/**
 * The fault suite: {@code glimpse bench faults} kills, freezes, cuts off, overloads and feeds rubbish to workers and brokers,
 * and counts what was lost, doubled, reordered or misplaced. Written for the tests of the whole and for the command line;
 * nothing of the product uses it.
 */
@NullMarked
package dev.glimpse.fault;

import org.jspecify.annotations.NullMarked;
