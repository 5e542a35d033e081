package io.github.niotmp.command;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  private static final String BASE = "io.github.niotmp";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE + ".command");

  @Test
  void theCommandUsesThesePackagesAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.management..",
            "com.sun.tools.attach..",
            "picocli..",
            "org.jspecify..",
            BASE,
            BASE + ".command..",
            BASE + ".host",
            BASE + ".session",
            BASE + ".internal.mode",
            BASE + ".internal.cleanup",
            BASE + ".internal.closing",
            BASE + ".internal.foreign",
            BASE + ".internal.report",
            BASE + ".internal.search",
            BASE + ".internal.trust")
        .check(classes);
  }

  @Test
  void onlyThePackageJvmNeedsModulesThatAJvmMayLack() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".command.jvm")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.management..", "com.sun.tools.attach..")
        .check(classes);
  }

  @Test
  void theChecksKnowNoOptionsAndNoScreen() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".command.diagnosis")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", BASE + ".command")
        .check(classes);
  }
}
