package org.auscult.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the packages of models and predictions must not know. */
class ModelArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "org.auscult.model",
              "org.auscult.prediction",
              "org.auscult.explanation",
              "org.auscult.deployment",
              "org.auscult.display",
              "org.auscult.order",
              "org.auscult.serving");

  @Test
  void onnxRuntimeOnlyInItsPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.auscult.model.onnx..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnxruntime..", "ai.onnx..", "org.tribuo..")
        .check(CLASSES);
  }

  @Test
  void theScorerNeedsNothingOfTheGenerator() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.auscult.model.onnx.generate")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.auscult.model.onnx.generate", "ai.onnx.proto..")
        .check(CLASSES);
  }

  @Test
  void fhirStructuresOnlyInFhir() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.auscult.(*).fhir..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.hl7.fhir..", "ca.uhn.fhir..")
        .check(CLASSES);
  }

  @Test
  void noStorageNoServerNoCards() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "jakarta.persistence..",
            "java.sql..",
            "ca.uhn.fhir.jpa..",
            "ca.uhn.fhir.rest.server..",
            "org.auscult.cds..",
            "org.auscult.interceptors..",
            "org.auscult.monitoring..",
            "org.auscult.server..")
        .check(CLASSES);
  }

  @Test
  void timeAndChanceAreArguments() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callConstructor(Random.class)
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.auscult.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
