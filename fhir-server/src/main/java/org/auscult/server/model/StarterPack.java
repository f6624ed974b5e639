package org.auscult.server.model;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.feature.fhir.ContextRules;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.FeatureSets;
import org.auscult.feature.fhir.Parsed;
import org.auscult.ig.Ig;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.model.fhir.PredictionModels;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.order.fhir.OrderRuleTables;
import org.auscult.outcome.fhir.OutcomeDefinitions;
import org.auscult.server.config.AuscultSettings.Starter;
import org.auscult.server.deployment.DeploymentOperations;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the guide into the store at start, and the starter models if asked for. Each resource is
 * written under its own id; one that is there unchanged stays as it is, so a restart writes
 * nothing. A definition that was retired stays retired.
 */
public final class StarterPack {
  private static final Logger LOG = LoggerFactory.getLogger(StarterPack.class);

  /** In the names of the files that {@link #loadComorbidities} puts into the store. */
  private static final String COMORBIDITY = "-comorbidity-";

  private final DaoRegistry daos;
  private final FhirContext fhirContext;
  private final DeploymentOperations deployments;

  StarterPack(DaoRegistry daos, FhirContext fhirContext, DeploymentOperations deployments) {
    this.daos = daos;
    this.fhirContext = fhirContext;
    this.deployments = deployments;
  }

  /** Profiles, extensions, codes. */
  public void loadGuide() {
    List<Resource> guide = read(name -> !isComorbidity(name) && !isStarter(name));
    int written = guide.stream().mapToInt(this::put).sum();
    LOG.info("Guide loaded: {} resources, {} of them new", guide.size(), written);
  }

  private static boolean isStarter(Resource resource) {
    return resource instanceof Library || resource instanceof PlanDefinition;
  }

  /** The same of a file of the guide: it begins with the resource's type. */
  private static boolean isStarter(String name) {
    return name.startsWith("Library-") || name.startsWith("PlanDefinition-");
  }

  private static boolean isComorbidity(String name) {
    return name.contains(COMORBIDITY);
  }

  private static boolean isDeployment(Resource resource) {
    return resource instanceof PlanDefinition plan && Deployments.isOne(plan);
  }

  /**
   * Feature definitions and feature sets, models with their ONNX files and Devices, order rules,
   * alert rules, and deployments. What is active or retired here already stays as it is.
   */
  public void loadStarter(Starter how) {
    List<Resource> pack = ordered(read(name -> !isComorbidity(name) && isStarter(name)));
    for (Resource resource : pack) {
      if (resource instanceof Library library && PredictionModels.isOne(library)) {
        register(library, how);
      } else if (resource instanceof Library library && OrderRuleTables.isOne(library)) {
        library.setStatus(statusOf(how));
        put(library);
      } else if (resource instanceof PlanDefinition rule && !isDeployment(rule)) {
        rule.setStatus(statusOf(how));
        put(rule);
      } else {
        put(resource);
        if (how == Starter.LIVE && isDeployment(resource)) {
          goLive(resource.getIdElement());
        }
      }
    }
    LOG.info("Starter pack loaded: {} definitions", pack.size());
  }

  /**
   * The indices of Charlson and Elixhauser, with a feature and a ValueSet for each comorbidity:
   * more than the rest of the pack, and for those who ask for it.
   *
   * @return how many were new
   */
  public int loadComorbidities() {
    List<Resource> parts = new ArrayList<>(read(name -> isComorbidity(name) && !isStarter(name)));
    parts.addAll(ordered(read(name -> isComorbidity(name) && isStarter(name))));
    int written = parts.stream().mapToInt(this::put).sum();
    LOG.info("Comorbidity indices loaded: {} resources, {} of them new", parts.size(), written);
    return written;
  }

  /**
   * Context rules before features, features after those that they are made of, members before sets
   * and outcomes, these before models, models before order rules and deployments.
   */
  static List<Resource> ordered(List<Resource> pack) {
    Map<String, Library> features = new LinkedHashMap<>();
    for (Resource resource : pack) {
      if (resource instanceof Library library && FeatureDefinitions.isOne(library)) {
        features.put(library.getUrl() + "|" + library.getVersion(), library);
      }
    }
    Set<Resource> ordered = new LinkedHashSet<>();
    pack.stream()
        .filter(resource -> resource instanceof Library library && ContextRules.isOne(library))
        .forEach(ordered::add);
    features.values().forEach(feature -> place(feature, features, ordered));
    pack.stream().sorted(Comparator.comparing(StarterPack::order)).forEach(ordered::add);
    return List.copyOf(ordered);
  }

  /** The guide's features are made of each other in no circle: each would be refused. */
  private static void place(Library feature, Map<String, Library> features, Set<Resource> ordered) {
    FeatureDefinitions.inputs(feature).stream()
        .map(features::get)
        .filter(Objects::nonNull)
        .forEach(input -> place(input, features, ordered));
    ordered.add(feature);
  }

  private static int order(Resource resource) {
    if (!(resource instanceof Library library)) {
      return 4;
    }
    if (FeatureDefinitions.isOne(library)) {
      return 0;
    }
    if (FeatureSets.isOne(library) || OutcomeDefinitions.isOne(library)) {
      return 1;
    }
    return OrderRuleTables.isOne(library) ? 3 : 2;
  }

  /** Unless somebody has suspended it here. */
  private void goLive(IdType id) {
    PlanDefinition there =
        daos.getResourceDao(PlanDefinition.class).read(id, new SystemRequestDetails());
    if (Deployments.mode(there) == null && there.getStatus() != PublicationStatus.RETIRED) {
      deployments.goLive(new IdType("PlanDefinition", id.getIdPart()));
    }
  }

  private void register(Library library, Starter how) {
    String name = library.getIdElement().getIdPart();
    byte[] onnx = artifact(name + ".onnx");
    Binary binary = new Binary();
    binary.setId(name + "-onnx");
    binary.setContentType("application/octet-stream");
    binary.setContent(onnx);
    put(binary);
    // In the guide it waits for this file as a draft.
    library.setStatus(statusOf(how));
    library
        .addExtension()
        .setUrl(ModelUrls.ARTIFACT_SHA256)
        .setValue(new StringType(Sha256.of(onnx)));
    library.addContent(
        new Attachment()
            .setContentType("application/octet-stream")
            .setUrl("Binary/" + name + "-onnx"));
    put(library);
    Parsed<PredictionModel> model = PredictionModels.read(library);
    put(PredictionResources.device(model.orThrow()));
  }

  private static PublicationStatus statusOf(Starter how) {
    return how == Starter.LIVE ? PublicationStatus.ACTIVE : PublicationStatus.DRAFT;
  }

  private static byte[] artifact(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            PredictionModel.class.getResourceAsStream("/org/auscult/model/artifacts/" + name),
            name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Resource> read(Predicate<String> names) {
    return Ig.names().stream()
        .filter(names)
        .map(name -> (Resource) fhirContext.newJsonParser().parseResource(Ig.json(name)))
        .toList();
  }

  private <T extends Resource> int put(T resource) {
    @SuppressWarnings("unchecked")
    IFhirResourceDao<T> dao = daos.getResourceDao((Class<T>) resource.getClass());
    try {
      Resource there = dao.read(resource.getIdElement(), new SystemRequestDetails());
      if (isSettled(there) || same(there, resource)) {
        return 0;
      }
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      LOG.debug("{} is new", resource.getIdElement().getValue());
    }
    dao.update(resource, new SystemRequestDetails());
    return 1;
  }

  /**
   * What is active never changes, and whoever took a definition out of use must not find it in use
   * again after a restart.
   */
  private static boolean isSettled(Resource there) {
    return isStarter(there)
        && there instanceof MetadataResource definition
        && (definition.getStatus() == PublicationStatus.RETIRED
            || definition.getStatus() == PublicationStatus.ACTIVE);
  }

  private static boolean same(Resource there, Resource here) {
    Resource a = there.copy();
    Resource b = here.copy();
    a.setMeta(null);
    b.setMeta(null);
    a.setId((String) null);
    b.setId((String) null);
    return a.equalsDeep(b);
  }
}
