package org.auscult.access.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.auscult.access.Provision;
import org.auscult.access.Provision.Ruling;
import org.auscult.access.Provision.Verdict;
import org.auscult.access.Provision.What;
import org.auscult.access.Provision.Who;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConsentsTest {
  private static final Who ANNA =
      new Who(
          Set.of("Practitioner/anna", "Organization/north"),
          "TREAT",
          Instant.parse("2026-03-01T12:00:00Z"));
  private static final Who ROLE =
      new Who(Set.of("PractitionerRole/r"), "TREAT", Instant.parse("2026-03-01T12:00:00Z"));

  @ParameterizedTest
  @EnumSource(
      value = ConsentState.class,
      names = {"ACTIVE", "NULL"},
      mode = EnumSource.Mode.EXCLUDE)
  void countsNoConsentThatIsNotActive(ConsentState status) {
    assertThat(Consents.isInForce(privacy().setStatus(status))).isFalse();
    assertThat(Consents.isInForce(privacy())).isTrue();
  }

  @Test
  void countsNoConsentToSomethingElse() {
    Consent treatment = new Consent().setStatus(ConsentState.ACTIVE);
    treatment.getScope().addCoding().setCode("treatment");

    assertThat(Consents.isInForce(treatment)).isFalse();
  }

  /** Who refuses research refuses nobody who treats. */
  @Test
  void countsARefusalOfResearchForResearchAlone() {
    Consent research = new Consent().setStatus(ConsentState.ACTIVE);
    research.getScope().addCoding().setCode("research");
    research.getProvision().setType(ConsentProvisionType.DENY);

    assertThat(Consents.isInForce(research)).isTrue();
    assertThat(verdict(research, ANNA)).isNull();
    Who researcher = new Who(Set.of("Practitioner/anna"), "HRESCH", Instant.now());
    assertThat(verdict(research, researcher)).isEqualTo(Verdict.DENY);
    assertThat(Consents.rule(research).mayDeny(researcher)).isTrue();
    assertThat(Consents.rule(research).mayDeny(ANNA)).isFalse();

    research.getProvision().addPurpose().setCode("HOPERAT");
    assertThat(verdict(research, researcher)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "OPTOUT, , DENY",
    "OPTIN, , PERMIT",
    "OPTOUT, PERMIT, PERMIT",
    "OPTIN, DENY, DENY",
    "ELSE, , ",
    "ELSE, DENY, DENY"
  })
  void takesItsBaseFromTheRootOrThePolicyRule(
      String policy, @Nullable ConsentProvisionType root, @Nullable Verdict verdict) {
    Consent consent = privacy();
    consent.getPolicyRule().addCoding().setCode(policy);
    consent.getProvision().setType(root);

    assertThat(verdict(consent, ANNA)).isEqualTo(verdict);
  }

  @Test
  void readsEachCondition() {
    Consent consent = privacy();
    ProvisionComponent except = denied(consent);
    except.addActor().setReference(new Reference("Organization/north"));
    except.addPurpose().setCode("TREAT");
    except.addClass_().setSystem("http://hl7.org/fhir/resource-types").setCode("Condition");
    except.addClass_().setSystem("urn:kind").setCode("letter");
    except.addCode(new CodeableConcept(new Coding("urn:test", "hiv", null)));
    except.addSecurityLabel().setCode("PSY");
    except
        .addData()
        .setMeaning(ConsentDataMeaning.INSTANCE)
        .setReference(new Reference("Condition/1"));
    except.getPeriod().setStart(new Date(0)).setEnd(new Date(1000));

    Provision read = Consents.rule(consent).exceptions().get(0);

    assertThat(read.verdict()).isEqualTo(Verdict.DENY);
    assertThat(read.actors()).containsExactly("Organization/north");
    assertThat(read.purposes()).containsExactly("TREAT");
    assertThat(read.types()).containsExactly("Condition");
    assertThat(read.codes()).containsExactlyInAnyOrder("urn:kind|letter", "urn:test|hiv");
    assertThat(read.labels()).containsExactly("PSY");
    assertThat(read.data()).containsExactly("Condition/1");
    assertThat(read.from()).isEqualTo(Instant.EPOCH);
    assertThat(read.until()).isAfterOrEqualTo(Instant.ofEpochSecond(1));
    assertThat(read.isVague()).isFalse();
  }

  /** Rules on collecting or correcting say nothing of who may see. */
  @Test
  void limitsByRulesOnAccessAlone() {
    Consent consent = privacy();
    denied(consent).addAction().addCoding().setCode("collect");
    assertThat(verdict(consent, ANNA)).isNull();
    denied(consent).addAction().addCoding().setCode("disclose");
    assertThat(verdict(consent, ANNA)).isEqualTo(Verdict.DENY);
  }

  /** A denial of somebody who cannot be told apart holds for all, a permission for nobody. */
  @ParameterizedTest
  @CsvSource({"CareTeam/1", "Group/1", "https://else.example.org/Practitioner/1"})
  void widensADenialAndNoPermissionByActorsWhoCannotBeJudged(String actor) {
    Consent denial = privacy();
    ProvisionComponent denied = denied(denial);
    denied.addActor().setReference(new Reference("Practitioner/else"));
    denied.addActor().setReference(new Reference(actor));
    assertThat(verdict(denial, ANNA)).isEqualTo(Verdict.DENY);

    Consent permission = optOut();
    ProvisionComponent permitted =
        permission.getProvision().addProvision().setType(ConsentProvisionType.PERMIT);
    permitted.addActor().setReference(new Reference(actor));
    assertThat(verdict(permission, ANNA)).isEqualTo(Verdict.DENY);
    permitted.addActor().setReference(new Reference("Practitioner/anna"));
    assertThat(verdict(permission, ANNA)).isEqualTo(Verdict.PERMIT);
  }

  /** Of a group whose members are known. */
  @Test
  void countsGroupsByWhoIsOfThem() {
    Who member =
        new Who(Set.of("Practitioner/anna", "CareTeam/1"), Set.of(), "TREAT", Instant.now());
    Who stranger =
        new Who(Set.of("Practitioner/bert"), Set.of("CareTeam/1"), "TREAT", Instant.now());
    Consent denial = privacy();
    denied(denial).addActor().setReference(new Reference("CareTeam/1"));
    assertThat(Consents.rule(denial).groups()).containsExactly("CareTeam/1");
    assertThat(verdict(denial, member)).isEqualTo(Verdict.DENY);
    assertThat(verdict(denial, stranger)).isNull();
    assertThat(Consents.rule(denial).mayDeny(stranger)).isFalse();

    Consent permission = optOut();
    permission
        .getProvision()
        .addProvision()
        .setType(ConsentProvisionType.PERMIT)
        .addActor()
        .setReference(new Reference("CareTeam/1"));
    assertThat(verdict(permission, member)).isEqualTo(Verdict.PERMIT);
    assertThat(Consents.rule(permission).mayDeny(member)).isFalse();
    assertThat(verdict(permission, stranger)).isEqualTo(Verdict.DENY);
    assertThat(Consents.rule(permission).mayDeny(ANNA)).as("nobody knows").isTrue();
  }

  @Test
  void permitsARoleThatTheTokenNamesAndDeniesEveryRole() {
    Consent permission = optOut();
    permission
        .getProvision()
        .addProvision()
        .setType(ConsentProvisionType.PERMIT)
        .addActor()
        .setReference(new Reference("PractitionerRole/r"));
    assertThat(verdict(permission, ROLE)).isEqualTo(Verdict.PERMIT);
    assertThat(verdict(permission, ANNA)).isEqualTo(Verdict.DENY);

    Consent denial = privacy();
    denied(denial).addActor().setReference(new Reference("PractitionerRole/r"));
    assertThat(verdict(denial, ANNA)).isEqualTo(Verdict.DENY);
  }

  private static Consent privacy() {
    Consent consent = new Consent().setStatus(ConsentState.ACTIVE);
    consent.getScope().addCoding().setCode("patient-privacy");
    return consent;
  }

  private static Consent optOut() {
    Consent consent = privacy();
    consent.getPolicyRule().addCoding().setCode("OPTOUT");
    return consent;
  }

  private static ProvisionComponent denied(Consent consent) {
    return consent.getProvision().addProvision().setType(ConsentProvisionType.DENY);
  }

  private static @Nullable Verdict verdict(Consent consent, Who who) {
    What condition = new What("Condition", Set.of("Condition/1"), Set.of(), Set.of(), Set.of());
    return Consents.rule(consent).ruling(who, condition).map(Ruling::verdict).orElse(null);
  }
}
