/** Servers that send files from {@code tmp:} and store what they receive in it. */
@NullMarked
package io.github.niotmp.clients.servers;

import org.jspecify.annotations.NullMarked;
