package org.auscult.server.life;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.util.FhirTerser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Reads who names whom among the definitions in the store; only names are kept in memory. */
public final class UsageGraphs {
  private static final String STRUCTURE = FeatureUrls.BASE + "/StructureDefinition/";

  private final DaoRegistry daos;
  private final StoredDefinitions stored;
  private final FhirTerser terser;

  public UsageGraphs(DaoRegistry daos, StoredDefinitions stored, FhirContext fhir) {
    this.daos = daos;
    this.stored = stored;
    this.terser = fhir.newTerser();
  }

  /** As the store is now. */
  public UsageGraph read() {
    List<UsageGraph.Node> nodes = new ArrayList<>();
    read(Library.class, nodes);
    read(PlanDefinition.class, nodes);
    return new UsageGraph(nodes, stored);
  }

  private <T extends MetadataResource> void read(Class<T> type, List<UsageGraph.Node> nodes) {
    List<IBaseResource> all =
        daos.getResourceDao(type)
            .search(SearchParameterMap.newSynchronous(), new SystemRequestDetails())
            .getAllResources();
    all.stream()
        .map(type::cast)
        .filter(definition -> definition.hasUrl() && kind(definition) != null)
        .map(this::node)
        .forEach(nodes::add);
  }

  private UsageGraph.Node node(MetadataResource definition) {
    return new UsageGraph.Node(
        definition.hasVersion()
            ? definition.getUrl() + "|" + definition.getVersion()
            : definition.getUrl(),
        Objects.requireNonNull(kind(definition)),
        definition.hasTitle() ? definition.getTitle() : definition.getName(),
        definition.hasStatus() ? definition.getStatus().toCode() : "unknown",
        definition.fhirType() + "/" + definition.getIdElement().getIdPart(),
        definition instanceof PlanDefinition plan && Deployments.isLive(plan),
        named(definition),
        systems(definition));
  }

  /**
   * By our profile: {@code feature-definition}, {@code deployment}; null if it has none of them.
   */
  private static @Nullable String kind(Resource definition) {
    return definition.getMeta().getProfile().stream()
        .map(CanonicalType::getValue)
        .filter(profile -> profile != null && profile.startsWith(STRUCTURE))
        .map(profile -> profile.substring(STRUCTURE.length()))
        .findFirst()
        .orElse(null);
  }

  /** All that it needs, in whichever part of it that is named; not what it only cites. */
  private Set<String> named(MetadataResource definition) {
    Set<String> cited = new LinkedHashSet<>();
    Set<String> needed = new LinkedHashSet<>();
    for (RelatedArtifact artifact :
        terser.getAllPopulatedChildElementsOfType(definition, RelatedArtifact.class)) {
      boolean isNeeded =
          artifact.getType() == RelatedArtifactType.DEPENDSON
              || artifact.getType() == RelatedArtifactType.COMPOSEDOF;
      if (artifact.hasResource()) {
        (isNeeded ? needed : cited).add(artifact.getResource());
      }
    }
    definition.getMeta().getProfile().forEach(profile -> cited.add(profile.getValue()));
    terser.getAllPopulatedChildElementsOfType(definition, CanonicalType.class).stream()
        .map(CanonicalType::getValue)
        .filter(canonical -> canonical != null && !cited.contains(canonical))
        .forEach(needed::add);
    return needed;
  }

  private static Set<String> systems(MetadataResource definition) {
    Set<String> systems = new LinkedHashSet<>();
    if (definition instanceof Library library) {
      library.getDataRequirement().stream()
          .flatMap(requirement -> requirement.getCodeFilter().stream())
          .flatMap(filter -> filter.getCode().stream())
          .filter(Coding::hasSystem)
          .forEach(coding -> systems.add(coding.getSystem()));
    }
    return systems;
  }
}
