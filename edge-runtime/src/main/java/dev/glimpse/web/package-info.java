/**
 * The HTTP side: page, API, events, health, metrics. Vert.x carries it; nothing here touches Kafka or the model, it only
 * looks on and asks the pipeline.
 */
@NullMarked
package dev.glimpse.web;

import org.jspecify.annotations.NullMarked;
