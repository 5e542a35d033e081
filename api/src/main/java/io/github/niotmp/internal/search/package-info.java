/** Where on the host temporary files go when nobody says so: for the API and the provider only. */
@NullMarked
package io.github.niotmp.internal.search;

import org.jspecify.annotations.NullMarked;
