package org.auscult.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import org.auscult.server.PostgresServerTest;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.FilterOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresTerminologyTest extends PostgresServerTest {
  @Autowired private StoredDefinitions stored;
  @Autowired private DefaultProfileValidationSupport published;
  @Autowired private JdbcTemplate jdbc;
  private TerminologyScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new TerminologyScenarios(client());
  }

  @Test
  void descendantsCountToTheLast() {
    scenarios.descendantsCountToTheLast();
  }

  /** Safety: 35. */
  @Test
  void whatCannotBeExpandedWhollyIsRefused() {
    scenarios.whatCannotBeExpandedWhollyIsRefused();
  }

  @Test
  void aChangeOfAValueSetIsSeen() {
    scenarios.aChangeOfAValueSetIsSeen();
  }

  @Test
  void aDefinitionThatStatesAnotherHashIsRefused() {
    scenarios.aDefinitionThatStatesAnotherHashIsRefused();
  }

  @Test
  void aMappingLetsLocalCodesCount() {
    scenarios.aMappingLetsLocalCodesCount();
  }

  @Test
  void aNewVersionOfAMappingTakesOver() {
    scenarios.aNewVersionOfAMappingTakesOver();
  }

  @Test
  void aWrongMappingIsRefusedWithAllReasons() {
    scenarios.aWrongMappingIsRefusedWithAllReasons();
  }

  /** Another node has its own cache, and hears nothing of this one's writes. */
  @Test
  void anotherNodeExpandsNothingStale() {
    CodeSystem system = scenarios.diseases();
    system.setId(client().create().resource(system).execute().getId().toUnqualifiedVersionless());
    ValueSet valueSet = scenarios.valueSet("nodes", FilterOperator.ISA, "concept", "g2");
    client().create().resource(valueSet).execute();
    StoredTerminology other = new StoredTerminology(stored, published, new TerminologyState(jdbc));
    String canonical = valueSet.getUrl() + "|1";
    assertThat(other.expand(canonical).orElseThrow()).hasSize(61);
    assertThat(other.expansion(canonical)).isSameAs(other.expansion(canonical));

    system.getConceptFirstRep().getConcept().get(2).addConcept().setCode("new");
    client().update().resource(system).execute();

    assertThat(other.expand(canonical).orElseThrow()).hasSize(62);
  }
}
