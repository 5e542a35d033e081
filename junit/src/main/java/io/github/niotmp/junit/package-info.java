/** What JUnit Jupiter takes from nio-tmp. */
@NullMarked
package io.github.niotmp.junit;

import org.jspecify.annotations.NullMarked;
