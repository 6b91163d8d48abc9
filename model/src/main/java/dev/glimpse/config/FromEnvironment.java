package dev.glimpse.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a setting that may be written <code>${NAME}</code> or <code>${NAME:default}</code> and is then read from the
 * environment; on a map, each of its values may. For secrets and what differs between machines only: hosts, ports, slots.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface FromEnvironment {}
