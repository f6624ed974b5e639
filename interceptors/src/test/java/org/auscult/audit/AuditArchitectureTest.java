package org.auscult.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the audit log's core must not know. */
class AuditArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.auscult.audit");

  @Test
  void knowsJavaAndAJsonParserOnly() {
    classes()
        .that()
        .resideOutsideOfPackage("org.auscult.audit.fhir..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.auscult.audit",
            "org.auscult.audit.tree",
            "org.auscult.audit.head",
            "org.auscult.audit.export",
            "java..",
            "org.jspecify..",
            "com.fasterxml.jackson.core..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("org.auscult.audit.fhir..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "java.net..", "java.nio.file..")
        .check(CLASSES);
  }

  @Test
  void theTreeKnowsNothingElse() {
    classes()
        .that()
        .resideInAPackage("org.auscult.audit.tree")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.auscult.audit.tree", "java..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void timeAndChanceAreArguments() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callConstructor(Random.class)
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.auscult.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
