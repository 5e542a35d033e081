package io.github.niotmp.volume.spooled;

import io.github.niotmp.host.DirectoryRules;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How a spooled volume is set up; sizes in bytes, {@link Long#MAX_VALUE} for no limit.
 *
 * @param spoolThreshold what a file may hold in memory
 * @param evictingSize the size up to which a file may make others leave memory
 * @param memoryBudget what all files together may hold in memory
 * @param maxSize what all files together may hold, in memory and on disk
 * @param maxFileSize what one file may hold, in memory and on disk
 * @param maxFiles how many names of files, directories and links there may be
 * @param maxDescriptors how many descriptors this process may have for spill files before new ones
 *     share one; null for half of those that are free
 * @param longPaths whether paths of more than 4,095 bytes are looked up
 * @param directory where spill files go; null for the temporary directory of this process
 * @param rules what the directory for spill files must be
 * @param clock the source of all times that the volume stamps; null for the system's clock
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
