package org.auscult.server.journal;

import ca.uhn.fhir.jpa.model.entity.BaseResourceIndexedSearchParam;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamQuantity;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamQuantityNormalized;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamString;
import ca.uhn.fhir.jpa.searchparam.extractor.ResourceIndexedSearchParamComposite;
import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractorR4;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Observation;

/**
 * Indexes an Observation that a model made by everything but its components. An explanation has a
 * component for each input, and HAPI writes a dozen index rows for each of them; nobody looks for
 * an explanation by the inputs it explains, and whoever looks for a component means a measurement.
 *
 * <p>What is left out: the parameters of {@code Observation} whose names begin with {@code
 * component-}, {@code combo-} or {@code code-value-}, where {@code meta.security} says AIAST.
 */
final class PredictionIndexes extends SearchParamExtractorR4 {
  private static final String OBSERVATION_VALUE =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

  private static ISearchParamFilter of(IBaseResource resource, ISearchParamFilter given) {
    boolean byModel =
        resource instanceof Observation observation
            && observation.getMeta().getSecurity(OBSERVATION_VALUE, "AIAST") != null;
    return byModel
        ? all ->
            given.filterSearchParams(all).stream().filter(p -> !isOfParts(p.getName())).toList()
        : given;
  }

  private static boolean isOfParts(String parameter) {
    return parameter.startsWith("component-")
        || parameter.startsWith("combo-")
        || parameter.startsWith("code-value-");
  }

  @Override
  public SearchParamSet<BaseResourceIndexedSearchParam> extractSearchParamTokens(
      IBaseResource resource, ISearchParamFilter parameters) {
    return super.extractSearchParamTokens(resource, of(resource, parameters));
  }

  @Override
  public SearchParamSet<ResourceIndexedSearchParamQuantity> extractSearchParamQuantity(
      IBaseResource resource, ISearchParamFilter parameters) {
    return super.extractSearchParamQuantity(resource, of(resource, parameters));
  }

  @Override
  public SearchParamSet<ResourceIndexedSearchParamQuantityNormalized>
      extractSearchParamQuantityNormalized(IBaseResource resource, ISearchParamFilter parameters) {
    return super.extractSearchParamQuantityNormalized(resource, of(resource, parameters));
  }

  @Override
  public SearchParamSet<ResourceIndexedSearchParamString> extractSearchParamStrings(
      IBaseResource resource, ISearchParamFilter parameters) {
    return super.extractSearchParamStrings(resource, of(resource, parameters));
  }

  @Override
  public SearchParamSet<ResourceIndexedSearchParamComposite> extractSearchParamComposites(
      IBaseResource resource, ISearchParamFilter parameters) {
    return super.extractSearchParamComposites(resource, of(resource, parameters));
  }
}
