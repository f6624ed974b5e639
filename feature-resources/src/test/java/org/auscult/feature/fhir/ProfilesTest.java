package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Library;
import org.junit.jupiter.api.Test;

class ProfilesTest {
  @Test
  void aProfileWithoutAValueIsNone() {
    Library library = new Library();
    library.getMeta().getProfile().add(new CanonicalType());
    assertThat(FeatureDefinitions.isOne(library)).isFalse();
    assertThat(FeatureSets.isOne(library)).isFalse();

    library.getMeta().addProfile(FeatureUrls.FEATURE_DEFINITION);
    assertThat(FeatureDefinitions.isOne(library)).isTrue();
    assertThat(FeatureSets.isOne(library)).isFalse();
  }
}
