package org.auscult.feature;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plain tests: surefire passes over ArchUnit's own engine without a word. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "org.auscult.feature",
              "org.auscult.timeline",
              "org.auscult.unit",
              "org.auscult.deidentification",
              "org.auscult.golden");

  @Test
  void fhirStructuresOnlyInFhirPackages() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.auscult.feature.fhir",
            "org.auscult.timeline.fhir",
            "org.auscult.deidentification.fhir",
            "org.auscult.golden.fhir")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.hl7.fhir..", "ca.uhn.fhir..")
        .check(CLASSES);
  }

  @Test
  void noServerStorageModelOrSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "jakarta.persistence..",
            "java.sql..",
            "org.hibernate..",
            "ca.uhn.fhir.jpa..",
            "ca.uhn.fhir.rest.server..",
            "ai.onnxruntime..",
            "org.apache.spark..",
            "org.auscult.model..",
            "org.auscult.prediction..")
        .check(CLASSES);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching("org.auscult.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theTimelineKnowsNoFeaturesAndUnitsKnowNeither() {
    noClasses()
        .that()
        .resideInAPackage("org.auscult.timeline..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.auscult.feature..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("org.auscult.unit")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.auscult.feature..", "org.auscult.timeline.fhir")
        .check(CLASSES);
  }

  @Test
  void maskingKnowsNoFeaturesAndTheRestNoMasking() {
    noClasses()
        .that()
        .resideInAPackage("org.auscult.deidentification..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.auscult.feature..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("org.auscult.deidentification..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.auscult.deidentification..")
        .check(CLASSES);
  }

  @Test
  void nothingKnowsTheGoldenCases() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.auscult.golden..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.auscult.golden..")
        .check(CLASSES);
  }

  @Test
  void featuresNeverSeeAWholeTimeline() {
    noClasses()
        .that()
        .resideInAPackage("org.auscult.feature..")
        .should()
        .dependOnClassesThat()
        .haveSimpleNameStartingWith("PatientTimeline")
        .check(CLASSES);
  }

  @Test
  void timeIsAnArgument() {
    for (Class<?> clock :
        new Class<?>[] {Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class}) {
      noClasses().should().callMethod(clock, "now").check(CLASSES);
    }
    noClasses().should().callMethod(Clock.class, "systemUTC").check(CLASSES);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
    noClasses().should().callConstructor(Random.class).check(CLASSES);
    noClasses().should().callMethod(Math.class, "random").check(CLASSES);
  }

  @Test
  void classesAreFinalUnlessTheyAreCustomStructures() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areTopLevelClasses()
        .and()
        .haveSimpleNameNotEndingWith("Library")
        .and()
        .haveSimpleNameNotEndingWith("package-info")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }
}
