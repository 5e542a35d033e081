package io.github.niotmp.usage;

import io.github.niotmp.TmpOpenHandle;
import java.time.Duration;
import java.util.Optional;

/** An open handle at one moment. */
public record OpenedHandle(String kind, String path, Optional<Throwable> opener, Duration age)
    implements TmpOpenHandle {}
