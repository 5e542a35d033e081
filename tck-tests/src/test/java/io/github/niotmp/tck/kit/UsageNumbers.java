package io.github.niotmp.tck.kit;

import io.github.niotmp.TmpUsage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;

/** The numbers of a {@link TmpUsage}, by the names of its methods. */
public final class UsageNumbers {
  private UsageNumbers() {}

  public static Map<String, Long> of(TmpUsage usage) {
    Map<String, Long> numbers = new TreeMap<>();
    for (Method number : TmpUsage.class.getDeclaredMethods()) {
      try {
        numbers.put(number.getName(), (Long) number.invoke(usage));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new LinkageError(number.toString(), e);
      }
    }
    return numbers;
  }
}
