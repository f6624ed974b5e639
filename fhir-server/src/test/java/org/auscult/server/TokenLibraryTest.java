package org.auscult.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who reads and signs tokens and records; everybody else sees what was proven. */
class TokenLibraryTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.auscult.server", "org.auscult.cds", "org.auscult.prediction");

  @Test
  void tokensAreReadWhereTheyAreVerifiedOrIssuedOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.auscult.server.caller..",
            "org.auscult.server.smart..",
            "org.auscult.server.auth..",
            "org.auscult.server.access..",
            "org.auscult.server.signature..",
            "org.auscult.server.keys.jwt..",
            "org.auscult.server.notification.signed..",
            "org.auscult.server.token..",
            "org.auscult.server.client..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(CLASSES);
  }

  @Test
  void whatVerifiesCallersKnowsNothingOfTheRecord() {
    noClasses()
        .that()
        .resideInAPackage("org.auscult.server.caller..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ca.uhn.fhir..", "org.hl7.fhir..", "org.auscult.server.journal..")
        .because("it sees who calls, never what is asked")
        .check(CLASSES);
  }
}
