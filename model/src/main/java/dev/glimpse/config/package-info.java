/** Settings: one YAML file into one record, nothing guessed. */
@NullMarked
package dev.glimpse.config;

import org.jspecify.annotations.NullMarked;
