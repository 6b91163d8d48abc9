/** What a run reports: figures as JSON, and a page to read with curves, tables and sample pictures. */
@NullMarked
package dev.glimpse.report;

import org.jspecify.annotations.NullMarked;
