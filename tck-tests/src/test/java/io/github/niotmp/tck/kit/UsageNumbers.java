package io.github.niotmp.tck.kit;

import io.github.niotmp.TmpUsage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;

/** The numbers that a {@link TmpUsage} has, by the names of its methods. */
public final class UsageNumbers {
  private UsageNumbers() {}

  public static Map<String, Long> of(TmpUsage usage) {
    Map<String, Long> numbers = new TreeMap<>();
    for (Method number : TmpUsage.class.getDeclaredMethods()) {
      try {
        numbers.put(number.getName(), (Long) number.invoke(usage));
      } catch (IllegalAccessException | InvocationTargetException e) {
        if (e.getCause() instanceof UnsupportedOperationException) {
          continue; // a number that the storage has not
        }
        throw new LinkageError(number.toString(), e);
      }
    }
    return numbers;
  }
}
