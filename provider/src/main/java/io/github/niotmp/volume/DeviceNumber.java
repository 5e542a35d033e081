package io.github.niotmp.volume;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers for volumes. */
public final class DeviceNumber {
  private static final AtomicLong LAST = new AtomicLong();

  private DeviceNumber() {}

  /** Returns a number that no other volume of this virtual machine has or had. */
  public static long next() {
    return LAST.incrementAndGet();
  }
}
