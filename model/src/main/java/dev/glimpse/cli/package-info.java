/** What every command of the command line shares: exit codes, error messages, --verbose. */
@NullMarked
package dev.glimpse.cli;

import org.jspecify.annotations.NullMarked;
