/** Accounts of the host by their names and numbers, whoever runs this. */
@NullMarked
package io.github.niotmp.account;

import org.jspecify.annotations.NullMarked;
