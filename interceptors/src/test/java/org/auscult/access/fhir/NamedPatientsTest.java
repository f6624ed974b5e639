package org.auscult.access.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.access.Scope;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Specimen;
import org.junit.jupiter.api.Test;

class NamedPatientsTest {
  private static final FhirTerser TERSER = FhirContext.forR4Cached().newTerser();

  private final Map<String, Resource> stored = new HashMap<>();

  @Test
  void namesAPatientItselfAndNoneThatItLinksTo() {
    Patient patient = new Patient();
    patient.setId("Patient/p/_history/3");
    patient.addLink().setOther(new Reference("Patient/other"));

    assertThat(in(patient).ids()).containsExactly("p");
  }

  /** Wherever a reference stands: in an element, an extension, a contained resource. */
  @Test
  void findsEveryReference() {
    Observation observation = new Observation();
    observation.setSubject(new Reference("Patient/a/_history/1"));
    observation.addPerformer(new Reference("https://ours.example.org/fhir/Patient/b"));
    observation.addExtension("urn:x", new Reference("Patient/c"));
    Specimen inside = new Specimen();
    inside.setSubject(new Reference("Patient/d"));
    inside.setId("#s");
    observation.setSpecimen(new Reference(inside));

    Resource parsed =
        (Resource)
            FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(
                    FhirContext.forR4Cached().newJsonParser().encodeResourceToString(observation));

    assertThat(in(parsed).ids()).containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(in(parsed).hasUnknown()).isFalse();
  }

  @Test
  void namesNobodyByAnIdentifier() {
    Observation observation = new Observation();
    observation.setSubject(new Reference().setIdentifier(new Identifier().setValue("1")));

    assertThat(in(observation)).isEqualTo(new NamedPatients(Set.of(), Set.of(), false));
  }

  @Test
  void cannotTellAPatientOfAnotherServerOrOneThatIsSearched() {
    assertThat(in(of("https://else.example.org/fhir/Patient/1")).hasUnknown()).isTrue();
    assertThat(in(of("https://else.example.org/fhir/Patient/1")).ids()).isEmpty();
    assertThat(in(of("Patient?identifier=1")).hasUnknown()).isTrue();
    assertThat(in(of("urn:uuid:1")).placeholders()).containsExactly("urn:uuid:1");
  }

  @Test
  void namesEveryMember() {
    Group group = new Group();
    group.addMember().setEntity(new Reference("Patient/a"));
    group.addMember().setEntity(new Reference("Patient/b"));

    assertThat(in(group).ids()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void looksWhoseTheTargetsOfAProvenanceAre() {
    stored.put("Observation/1", of("Patient/a"));
    Provenance provenance = new Provenance();
    provenance.addTarget(new Reference("Observation/1/_history/1"));
    provenance.addTarget(new Reference("Observation/gone"));

    assertThat(in(provenance).ids()).containsExactly("a");
    assertThat(in(new Provenance().addTarget(new Reference("Library/1"))).ids()).isEmpty();
  }

  /** Of a file whose context is gone nobody can tell whose it is. */
  @Test
  void looksWhoseTheContextOfAFileIs() {
    stored.put("Observation/1", of("Patient/a"));
    Binary binary = new Binary();
    binary.setSecurityContext(new Reference("Observation/1"));
    Binary lost = new Binary();
    lost.setSecurityContext(new Reference("Observation/gone"));

    assertThat(in(binary).ids()).containsExactly("a");
    assertThat(in(lost).hasUnknown()).isTrue();
  }

  private static Observation of(String patient) {
    Observation observation = new Observation();
    observation.setSubject(new Reference(patient));
    return observation;
  }

  private NamedPatients in(Resource resource) {
    return NamedPatients.in(
        resource,
        TERSER,
        "https://ours.example.org/fhir"::equals,
        new StoredResources() {
          @Override
          public Optional<Resource> current(String type, String id) {
            return Optional.ofNullable(stored.get(type + "/" + id));
          }

          @Override
          public boolean matches(Resource given, List<Scope.Filter> filters) {
            return false;
          }
        });
  }
}
