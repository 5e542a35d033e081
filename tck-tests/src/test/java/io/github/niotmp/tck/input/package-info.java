/**
 * Text and values that users give, with anything in them: URIs, paths, patterns, names of
 * attributes and settings. What is not taken is refused with an exception that is documented, and
 * in time. Each class is a target of the fuzzer Jazzer and, in the build, a test over the seeds
 * beside it; an input that found a bug is one of them ever after. {@code tck-tests/fuzz} fuzzes.
 */
@NullMarked
package io.github.niotmp.tck.input;

import org.jspecify.annotations.NullMarked;
