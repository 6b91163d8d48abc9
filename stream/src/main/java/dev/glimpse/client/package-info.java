/** The commands that talk to a broker from outside the runtime: send frames, watch captions, ask questions. */
@NullMarked
package dev.glimpse.client;

import org.jspecify.annotations.NullMarked;
