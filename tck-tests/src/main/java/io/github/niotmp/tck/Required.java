package io.github.niotmp.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Quotes the sentence of the JDK's Javadoc that requires the behaviour of a test. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Required.All.class)
public @interface Required {

  /** {@return the class or interface of the JDK} */
  Class<?> by();

  /**
   * {@return the method with the simple names of its parameter types, such as {@code
   * "move(Path,Path,CopyOption...)"}; the name of a constant; or "" for the comment of the type}
   */
  String member() default "";

  /** {@return the sentence, or the part of it that matters, without tags} */
  String sentence();

  /** Several sentences. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {

    /** {@return the sentences} */
    Required[] value();
  }
}
