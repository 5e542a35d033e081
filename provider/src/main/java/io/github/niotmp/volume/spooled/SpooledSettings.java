package io.github.niotmp.volume.spooled;

import io.github.niotmp.host.DirectoryRules;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a spooled volume. Sizes are in bytes; {@link Long#MAX_VALUE} is no limit.
 *
 * @param spoolThreshold the limit of one file's memory
 * @param evictingSize the largest file that may evict others from memory
 * @param memoryBudget the limit of all files' memory together
 * @param maxSize the limit of all files' sizes together, in memory and on disk
 * @param maxFileSize the limit of one file's size, in memory and on disk
 * @param maxFiles the limit of the number of names: files, directories and links
 * @param maxDescriptors the limit of descriptors for files on the host in this process; beyond it,
 *     new spill files share one. Null for half of those that were free at the first spill
 * @param longPaths whether the volume looks up paths of more than 4,095 bytes
 * @param directory the directory for spill files; null for the temporary directory of this process
 * @param rules the checks of that directory
 * @param clock the clock of all timestamps; null for the system's clock
 */
public record SpooledSettings(
    long spoolThreshold,
    long evictingSize,
    long memoryBudget,
    long maxSize,
    long maxFileSize,
    long maxFiles,
    @Nullable Long maxDescriptors,
    boolean longPaths,
    @Nullable Path directory,
    DirectoryRules rules,
    @Nullable InstantSource clock) {}
