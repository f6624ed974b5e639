package org.auscult.cds;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.auscult.cds.web.CdsHooksController;

@AnalyzeClasses(packages = "org.auscult.cds", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule springOnlyInTheController =
      noClasses()
          .that()
          .doNotBelongToAnyOf(CdsHooksController.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule noStorageAndNoServer =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.persistence..",
              "java.sql..",
              "org.hibernate..",
              "ca.uhn.fhir.jpa..",
              "ca.uhn.fhir.rest.server..",
              "ai.onnxruntime..");

  @ArchTest
  static final ArchRule fhirStructuresOnlyInFhir =
      noClasses()
          .that(not(resideInAPackage("org.auscult.cds.fhir..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.hl7.fhir..", "ca.uhn.fhir..");

  @ArchTest
  static final ArchRule noSiblings =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.auscult.interceptors..", "org.auscult.monitoring..", "org.auscult.server..");

  @ArchTest
  static final ArchRule theRootKnowsNoOtherPackage =
      classes()
          .that()
          .resideInAPackage("org.auscult.cds")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.auscult.cds", "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.auscult.cds.(*)..").should().beFreeOfCycles();
}
