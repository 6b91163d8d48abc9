/** The edge runtime put together: settings in, a running service out; the only place where its parts are constructed. */
@NullMarked
package dev.glimpse.edge;

import org.jspecify.annotations.NullMarked;
