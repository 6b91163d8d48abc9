/**
 * {@code glimpse train}: the settings of a run and its stages. Read {@link dev.glimpse.train.TrainCommand} first, then the
 * stages in its order. Stages hand over files only.
 */
@NullMarked
package dev.glimpse.train;

import org.jspecify.annotations.NullMarked;
