package io.github.niotmp.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Warmup;

/** The base of short work: JMH measures the mean of many calls, several times. */
@BenchmarkMode(Mode.AverageTime)
@Fork(
    value = 1,
    // a small young generation, because the first touch of a page costs more than any peer
    jvmArgs = {"-Xmx2g", "-Xmn64m"})
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
abstract class Timed {}
