package org.auscult.server.feature;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.UriParam;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/** Finds definitional resources by canonical. */
public final class StoredDefinitions {
  private final DaoRegistry daos;

  public StoredDefinitions(DaoRegistry daos) {
    this.daos = daos;
  }

  /** The Library of {@code url|version}. */
  public Optional<Library> library(String canonical) {
    return find(Library.class, canonical);
  }

  /** Every version of a Library's url, of whichever id. */
  public List<Library> libraries(String url) {
    return all(Library.class, url);
  }

  /** The PlanDefinition of {@code url|version}. */
  public Optional<PlanDefinition> planDefinition(String canonical) {
    return find(PlanDefinition.class, canonical);
  }

  /** Every version of a PlanDefinition's url, of whichever id. */
  public List<PlanDefinition> planDefinitions(String url) {
    return all(PlanDefinition.class, url);
  }

  /** The ValueSet of {@code url|version}. */
  public Optional<ValueSet> valueSet(String canonical) {
    return find(ValueSet.class, canonical);
  }

  /** The ValueSets of {@code url|version}, or of every version of a {@code url}. */
  List<ValueSet> valueSets(String canonical) {
    return all(ValueSet.class, canonical);
  }

  /**
   * The CodeSystems of a url.
   *
   * @param version null for every version
   */
  List<CodeSystem> codeSystems(String url, @Nullable String version) {
    return all(CodeSystem.class, version == null ? url : url + "|" + version);
  }

  /** Whether a CodeSystem with this url is here, of whatever version and content. */
  boolean hasCodeSystem(String url) {
    return find(CodeSystem.class, url).isPresent();
  }

  /** Every ConceptMap that is active. */
  List<ConceptMap> activeConceptMaps() {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("status", new TokenParam("active"));
    return search(ConceptMap.class, search);
  }

  /** Another ConceptMap of the same url and version than the one with this id. */
  Optional<ConceptMap> otherConceptMap(ConceptMap map) {
    return all(ConceptMap.class, map.getUrl() + "|" + map.getVersion()).stream()
        .filter(m -> !m.getIdElement().getIdPart().equals(map.getIdElement().getIdPart()))
        .findFirst();
  }

  /** Another Library of the same url and version than the one with this id; empty if none. */
  public Optional<Library> other(Library library) {
    return all(Library.class, library.getUrl() + "|" + library.getVersion()).stream()
        .filter(l -> !l.getIdElement().getIdPart().equals(library.getIdElement().getIdPart()))
        .findFirst();
  }

  private <T extends Resource> Optional<T> find(Class<T> type, String canonical) {
    return all(type, canonical).stream().findFirst();
  }

  private <T extends Resource> List<T> all(Class<T> type, String canonical) {
    int bar = canonical.indexOf('|');
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("url", new UriParam(bar < 0 ? canonical : canonical.substring(0, bar)));
    if (bar >= 0) {
      search.add("version", new TokenParam(canonical.substring(bar + 1)));
    }
    return search(type, search);
  }

  private <T extends Resource> List<T> search(Class<T> type, SearchParameterMap search) {
    IFhirResourceDao<T> dao = daos.getResourceDao(type);
    List<IBaseResource> found = dao.search(search, new SystemRequestDetails()).getAllResources();
    return found.stream().map(type::cast).toList();
  }
}
