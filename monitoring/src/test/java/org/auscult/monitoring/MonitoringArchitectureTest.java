package org.auscult.monitoring;

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

/** What monitoring must not know. */
class MonitoringArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.auscult.monitoring", "org.auscult.statistics");

  @Test
  void noFhirStorageServerModelRuntimeOrCards() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.hl7.fhir..",
            "ca.uhn.fhir..",
            "org.springframework..",
            "jakarta.persistence..",
            "java.sql..",
            "ai.onnxruntime..",
            "org.auscult.cds..",
            "org.auscult.server..")
        .check(CLASSES);
  }

  @Test
  void timeAndChanceComeFromOutside() {
    noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
    noClasses().should().callMethod(Clock.class, "systemUTC").check(CLASSES);
    noClasses().should().callMethod(UUID.class, "randomUUID").check(CLASSES);
    noClasses().should().callConstructor(Random.class).check(CLASSES);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching("org.auscult.monitoring.(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching("org.auscult.statistics.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void statisticsKnowNothingOfPredictionsOrMedicine() {
    noClasses()
        .that()
        .resideInAPackage("org.auscult.statistics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.auscult.monitoring..",
            "org.auscult.feature..",
            "org.auscult.model..",
            "org.auscult.prediction..",
            "java.io..",
            "java.nio..")
        .check(CLASSES);
  }
}
