/**
 * The bytes half of the contract: channels, streams, open options, locks, mapping, and what happens
 * to a file that is open. Each class is one concern and runs on every subject.
 */
@NullMarked
package io.github.niotmp.tck.channel;

import org.jspecify.annotations.NullMarked;
