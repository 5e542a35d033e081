package io.github.niotmp.tck.suite;

import io.github.niotmp.tck.ConformanceKit;

/** Every contract over every subject on the class path. */
class ConformanceTest extends ConformanceKit {}
