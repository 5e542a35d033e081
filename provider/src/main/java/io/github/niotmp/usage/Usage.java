package io.github.niotmp.usage;

import io.github.niotmp.TmpUsage;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one file system at one moment, read one after another while other threads write.
 * {@link Figure} describes them. The content store creates the value, the volume adds the numbers
 * of files and names, and the file system adds those that its handles and events count. Immutable.
 */
public final class Usage implements TmpUsage {
  private final Map<Figure, Long> numbers;

  /** Creates a usage with a copy of {@code numbers}. */
  public Usage(Map<Figure, Long> numbers) {
    this.numbers = new EnumMap<>(numbers);
  }

  /** Returns the usage of a volume that has only host files, and so neither memory nor a budget. */
  public static Usage ofHost(long files, long names, long bytes, long descriptors) {
    Map<Figure, Long> numbers = new EnumMap<>(Figure.class);
    numbers.put(Figure.FILES, files);
    numbers.put(Figure.FILES_IN_MEMORY, 0L);
    numbers.put(Figure.FILES_PACKED, 0L);
    numbers.put(Figure.FILES_ON_DISK, 0L);
    numbers.put(Figure.FILES_ON_HOST, files);
    numbers.put(Figure.NAMES, names);
    numbers.put(Figure.MEMORY_BYTES, 0L);
    numbers.put(Figure.MEMORY_PEAK, 0L);
    numbers.put(Figure.METADATA_BYTES, 0L);
    numbers.put(Figure.DISK_BYTES, bytes);
    numbers.put(Figure.SIZE, bytes);
    numbers.put(Figure.ROLLOVERS, 0L);
    numbers.put(Figure.DESCRIPTORS, descriptors);
    return new Usage(numbers);
  }

  /** Returns a copy with the given number of files; the rest of them is in memory. */
  public Usage withFiles(long all) {
    long elsewhere = filesPacked() + filesOnDisk() + filesOnHost();
    return with(Figure.FILES, all).with(Figure.FILES_IN_MEMORY, Math.max(0, all - elsewhere));
  }

  /** Returns a copy with one other number. */
  public Usage with(Figure figure, long number) {
    Usage copy = new Usage(numbers);
    copy.numbers.put(figure, number);
    return copy;
  }

  /**
   * Returns a number.
   *
   * @throws UnsupportedOperationException if the storage of the file system has no such number
   */
  public long get(Figure figure) {
    Long number = numbers.get(figure);
    if (number == null) {
      throw new UnsupportedOperationException(
          "A file system with storage=host has no '" + figure.key() + "'");
    }
    return number;
  }

  @Override
  public long files() {
    return get(Figure.FILES);
  }

  @Override
  public long filesInMemory() {
    return get(Figure.FILES_IN_MEMORY);
  }

  @Override
  public long filesPacked() {
    return get(Figure.FILES_PACKED);
  }

  @Override
  public long filesOnDisk() {
    return get(Figure.FILES_ON_DISK);
  }

  @Override
  public long filesOnHost() {
    return get(Figure.FILES_ON_HOST);
  }

  @Override
  public long names() {
    return get(Figure.NAMES);
  }

  @Override
  public long openHandles() {
    return get(Figure.OPEN_HANDLES);
  }

  @Override
  public long leaks() {
    return get(Figure.LEAKS);
  }

  @Override
  public long refusals() {
    return get(Figure.REFUSALS);
  }

  @Override
  public long memoryBytes() {
    return get(Figure.MEMORY_BYTES);
  }

  @Override
  public long memoryPeak() {
    return get(Figure.MEMORY_PEAK);
  }

  @Override
  public long metadataBytes() {
    return get(Figure.METADATA_BYTES);
  }

  @Override
  public long memoryBudget() {
    return get(Figure.MEMORY_BUDGET);
  }

  @Override
  public long jvmMemoryBytes() {
    return get(Figure.JVM_MEMORY_BYTES);
  }

  @Override
  public long jvmMemoryBudget() {
    return get(Figure.JVM_MEMORY_BUDGET);
  }

  @Override
  public long diskBytes() {
    return get(Figure.DISK_BYTES);
  }

  @Override
  public long size() {
    return get(Figure.SIZE);
  }

  @Override
  public long rollovers() {
    return get(Figure.ROLLOVERS);
  }

  @Override
  public long descriptors() {
    return get(Figure.DESCRIPTORS);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Usage that && numbers.equals(that.numbers);
  }

  @Override
  public int hashCode() {
    return numbers.hashCode();
  }

  /** Returns each number with its name, and none that the storage has not. */
  @Override
  public String toString() {
    return numbers.entrySet().stream()
        .map(number -> number.getKey().key() + "=" + number.getValue())
        .collect(Collectors.joining(", ", "Usage[", "]"));
  }
}
