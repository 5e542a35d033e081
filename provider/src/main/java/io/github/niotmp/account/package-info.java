/** The user and group of this process, and the host's other accounts. */
@NullMarked
package io.github.niotmp.account;

import org.jspecify.annotations.NullMarked;
