package org.auscult.cds;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.auscult.cds.web.CdsHooksController;
import org.junit.jupiter.api.Test;

/** Plain tests: surefire passes over ArchUnit's own engine without a word. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.auscult.cds");

  @Test
  void springOnlyInTheController() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(CdsHooksController.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(CLASSES);
  }

  @Test
  void noStorageAndNoServer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.persistence..",
            "java.sql..",
            "org.hibernate..",
            "ca.uhn.fhir.jpa..",
            "ca.uhn.fhir.rest.server..",
            "ai.onnxruntime..")
        .check(CLASSES);
  }

  @Test
  void fhirStructuresOnlyInFhir() {
    noClasses()
        .that(not(resideInAPackage("org.auscult.cds.fhir..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.hl7.fhir..", "ca.uhn.fhir..")
        .check(CLASSES);
  }

  @Test
  void noSiblings() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.auscult.interceptors..", "org.auscult.monitoring..", "org.auscult.server..")
        .check(CLASSES);
  }

  @Test
  void theRootKnowsNoOtherPackage() {
    classes()
        .that()
        .resideInAPackage("org.auscult.cds")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.auscult.cds", "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..")
        .check(CLASSES);
  }

  @Test
  void noCycles() {
    slices().matching("org.auscult.cds.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
