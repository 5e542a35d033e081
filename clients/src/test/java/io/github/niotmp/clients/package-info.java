/**
 * Runs a client's scenarios on each storage and records the results.
 *
 * <p>A client is a class with {@link io.github.niotmp.clients.Client}; its scenarios are methods
 * with {@link io.github.niotmp.clients.Scenario}.
 */
@NullMarked
package io.github.niotmp.clients;

import org.jspecify.annotations.NullMarked;
