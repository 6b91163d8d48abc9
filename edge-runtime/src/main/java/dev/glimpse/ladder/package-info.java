/**
 * How a runtime does less when there is too much to do: load in, level of service out, one rung at a time and with
 * hysteresis. Pure decisions; knows no Kafka, no thread and no clock.
 */
@NullMarked
package dev.glimpse.ladder;

import org.jspecify.annotations.NullMarked;
