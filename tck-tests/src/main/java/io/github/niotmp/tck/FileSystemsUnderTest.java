package io.github.niotmp.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the file systems that a suite or a contract tests:
 *
 * <pre>{@code
 * @FileSystemsUnderTest(MySubject.class)
 * class MyMoveTest extends MoveContract {}
 * }</pre>
 *
 * <p>A contract without it, in a suite without it, fails.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
public @interface FileSystemsUnderTest {

  /** {@return the subjects; each has a constructor without parameters} */
  Class<? extends Subject>[] value();
}
