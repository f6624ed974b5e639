package org.auscult.feature.fhir;

import ca.uhn.fhir.model.api.annotation.ResourceDef;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;

/**
 * A feature set as a FHIR resource: a Library whose {@code relatedArtifact}s of type composed-of
 * name the members, in tensor order.
 */
@ResourceDef(name = "Library", profile = FeatureUrls.FEATURE_SET)
public class FeatureSetLibrary extends Library {
  private static final long serialVersionUID = 1L;

  /** Appends a member by {@code url|version}. */
  public FeatureSetLibrary addMember(String canonical) {
    addRelatedArtifact().setType(RelatedArtifactType.COMPOSEDOF).setResource(canonical);
    return this;
  }

  @Override
  public FeatureSetLibrary copy() {
    FeatureSetLibrary copy = new FeatureSetLibrary();
    copyValues(copy);
    return copy;
  }
}
