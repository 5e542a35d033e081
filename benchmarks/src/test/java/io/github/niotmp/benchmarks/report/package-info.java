@NullMarked
package io.github.niotmp.benchmarks.report;

import org.jspecify.annotations.NullMarked;
