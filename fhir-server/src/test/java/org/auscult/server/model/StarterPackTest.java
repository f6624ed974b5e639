package org.auscult.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.auscult.ig.Ig;
import org.auscult.model.fhir.ModelUrls;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the order in which the guide's files are read. */
class StarterPackTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everythingComesAfterWhatItNames(long seed) {
    List<Resource> pack = new ArrayList<>();
    for (String name : Ig.names()) {
      if (name.startsWith("Library-")) {
        pack.add(
            FhirContext.forR4Cached().newJsonParser().parseResource(Library.class, Ig.json(name)));
      }
    }
    Collections.shuffle(pack, new Random(seed));

    List<Resource> ordered = StarterPack.ordered(pack);

    assertThat(ordered).hasSameSizeAs(pack).containsAll(pack);
    Map<String, Integer> places = new HashMap<>();
    for (Resource resource : ordered) {
      Library library = (Library) resource;
      places.put(library.getUrl() + "|" + library.getVersion(), places.size());
    }
    int named = 0;
    int outcomes = 0;
    for (Resource resource : ordered) {
      Library library = (Library) resource;
      for (RelatedArtifact related : library.getRelatedArtifact()) {
        if (related.getType() != RelatedArtifactType.CITATION) {
          assertThat(places.get(related.getResource()))
              .as(library.getUrl() + " names " + related.getResource())
              .isLessThan(places.get(library.getUrl() + "|" + library.getVersion()));
          named++;
        }
      }
      for (Extension output : library.getExtensionsByUrl(ModelUrls.OUTPUT)) {
        if (output.hasExtension("outcome")) {
          assertThat(places.get(output.getExtensionByUrl("outcome").getValue().primitiveValue()))
              .isLessThan(places.get(library.getUrl() + "|" + library.getVersion()));
          outcomes++;
        }
      }
    }
    assertThat(outcomes).as("outputs of KFRE, of either region").isEqualTo(4);
    assertThat(named).isGreaterThan(60);
  }
}
