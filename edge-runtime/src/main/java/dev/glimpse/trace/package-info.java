/** Input records and what became of them in, trace contexts and spans out. The only package that knows OpenTelemetry. */
@NullMarked
package dev.glimpse.trace;

import org.jspecify.annotations.NullMarked;
