/**
 * Our own file systems as subjects of the conformance kit, and the suite that runs it over them.
 */
@NullMarked
package io.github.niotmp.tck.suite;

import org.jspecify.annotations.NullMarked;
