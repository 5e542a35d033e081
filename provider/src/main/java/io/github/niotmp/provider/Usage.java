package io.github.niotmp.provider;

import io.github.niotmp.TmpUsage;

/** The numbers of one file system; named after what its text shows. */
record Usage(
    long files,
    long filesInMemory,
    long filesPacked,
    long filesOnDisk,
    long openHandles,
    long memoryBytes,
    long memoryPeak,
    long metadataBytes,
    long memoryBudget,
    long diskBytes,
    long size,
    long rollovers)
    implements TmpUsage {}
