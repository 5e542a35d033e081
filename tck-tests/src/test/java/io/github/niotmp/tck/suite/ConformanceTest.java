package io.github.niotmp.tck.suite;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Every contract over every subject on the class path. */
@Suite
@SelectPackages("io.github.niotmp.tck")
@IncludeClassNamePatterns(".*Contract")
class ConformanceTest {}
