package io.github.niotmp.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;

/**
 * A test of a {@link FileSystemContract}. It runs once on each subject, or once for each subject
 * and row.
 *
 * <pre>{@code
 * @ContractTest(rows = "options")
 * @Required(by = Files.class, member = "newByteChannel(Path,OpenOption...)", sentence = "...")
 * void openedByEachOption(OpenOption option) throws IOException {
 * }
 *
 * static List<OpenOption> options() {
 *   return List.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
 * }
 * }</pre>
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
public @interface ContractTest {

  /**
   * {@return the name of a static method without parameters in the class of the test, which returns
   * the rows; or "" if the test has none} The method returns a {@link java.util.Map} from names to
   * values, or a {@link java.util.Collection}, a stream or an array of values. {@code toString()}
   * of such a value is the name of its row. Names are unique. The test has one parameter, the
   * value.
   */
  String rows() default "";
}
