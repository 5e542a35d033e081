package io.github.niotmp.internal.persist;

import io.github.niotmp.PersistMode;
import io.github.niotmp.PersistProgress;
import io.github.niotmp.TargetLink;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one call of {@code persist}.
 *
 * @param replaceExisting whether an existing target is replaced
 * @param mode the source of the permissions, unless {@code permissions} are given
 * @param permissions the permissions of the target; null if {@code mode} decides
 * @param sync whether the call synchronises the bytes with the device
 * @param progress listens to the progress of a copy; null for none
 * @param targetLink how a symbolic link at the target is treated
 */
public record PersistPlan(
    boolean replaceExisting,
    PersistMode mode,
    @Nullable Set<PosixFilePermission> permissions,
    boolean sync,
    @Nullable PersistProgress progress,
    TargetLink targetLink) {}
