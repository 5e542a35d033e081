/** Readers and writers of documents. */
@NullMarked
package io.github.niotmp.clients.documents;

import org.jspecify.annotations.NullMarked;
