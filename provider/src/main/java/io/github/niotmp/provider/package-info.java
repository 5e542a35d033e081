/**
 * The entry point of {@code java.nio.file}: the provider and its file systems.
 *
 * <p>This package parses URIs, settings and open options, keeps the registry of open file systems,
 * and passes each call on to the package that answers it.
 */
@NullMarked
package io.github.niotmp.provider;

import org.jspecify.annotations.NullMarked;
