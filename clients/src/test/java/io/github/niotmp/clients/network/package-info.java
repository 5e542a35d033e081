/** Network frameworks that send files. */
@NullMarked
package io.github.niotmp.clients.network;

import org.jspecify.annotations.NullMarked;
