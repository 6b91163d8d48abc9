/**
 * What the fault suite is played on: brokers and workers as processes of their own that can be killed and stopped, a proxy
 * between them that can spoil a network, and cameras whose pictures can be told apart.
 */
@NullMarked
package dev.glimpse.fault.site;

import org.jspecify.annotations.NullMarked;
