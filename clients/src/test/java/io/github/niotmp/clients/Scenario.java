package io.github.niotmp.clients;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a method once for each {@link Storage}. A parameter of type {@link java.nio.file.Path} is
 * the root of that storage, an empty directory; one of type {@link Storage} is the storage itself.
 *
 * <pre>{@code
 * @Scenario("writes, searches and merges an index")
 * void indexes(Path root) throws IOException { ... }
 * }</pre>
 *
 * <p>The method compares contents, and closes all that it opens before it returns. An assumption
 * that does not hold shows as skipped in the table, with its message as the reason.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(ScenarioExtension.class)
public @interface Scenario {
  /** Returns the row of the table: a verb in the third person and its object, for one client. */
  String value();
}
