package io.github.niotmp.tck.attribute;

import java.nio.file.attribute.FileAttribute;
import org.jspecify.annotations.Nullable;

/** An attribute to create a file with, whether or not that can be. */
public record GivenAttribute<T>(String name, @Nullable T value) implements FileAttribute<T> {
  public static <T> FileAttribute<T> attribute(String name, @Nullable T value) {
    return new GivenAttribute<>(name, value);
  }
}
