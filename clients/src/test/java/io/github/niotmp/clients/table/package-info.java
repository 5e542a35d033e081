/** The table of results in README.md: what writes it, and the test that compares it with a run. */
@NullMarked
package io.github.niotmp.clients.table;

import org.jspecify.annotations.NullMarked;
