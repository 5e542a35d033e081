package io.github.niotmp.usage;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.TmpStoredFile;

/** A regular file with its size; the path is empty if it has no name. */
public record StoredFile(String path, long size, Storage storage) implements TmpStoredFile {}
