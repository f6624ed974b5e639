package org.auscult.prove.policy;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.context.RuntimeSearchParam;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.auscult.prove.FhirCalls;

/**
 * Two hospitals in one store. Of each type there is a resource about the launch's patient, one
 * about another patient of the same hospital, one about a patient of the other, and one about
 * nobody; each bears a mark by which it is known wherever it turns up.
 */
final class Fixtures {
  static final String SITE = "cell-north";

  private static final String MARK = "Quittengelee";

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private final FhirCalls service;

  /** The version of each resource that stands, by reference. */
  private final Map<String, String> versions = new TreeMap<>();

  Fixtures(FhirCalls service) {
    this.service = service;
  }

  static String id(String whose) {
    return "cell-" + whose;
  }

  static String mark(String whose) {
    return MARK + "-" + whose;
  }

  /** A resource of a type that is about somebody, as near as the word says. */
  static ObjectNode resource(String type, String whose, String mark) {
    ObjectNode resource = FhirCalls.JSON.createObjectNode().put("resourceType", type);
    ArrayNode extensions = resource.putArray("extension");
    extensions.addObject().put("url", "https://example.org/mark").put("valueString", mark);
    if (type.equals("Patient")) {
      String site = whose.equals("elsewhere") ? "cell-south" : SITE;
      resource.putObject("managingOrganization").put("reference", "Organization/" + site);
    } else if (!whose.equals("none")) {
      extensions
          .addObject()
          .put("url", "https://example.org/about")
          .putObject("valueReference")
          .put("reference", "Patient/" + id(whose));
      namePatient(resource, "Patient/" + id(whose));
    }
    return resource;
  }

  /** Also where the type's search parameter {@code patient} looks, as a real record does. */
  private static void namePatient(ObjectNode resource, String reference) {
    RuntimeResourceDefinition type =
        FHIR.getResourceDefinition(resource.path("resourceType").asText());
    RuntimeSearchParam parameter = type.getSearchParam("patient");
    if (parameter == null) {
      return;
    }
    for (String path : parameter.getPath().split("\\|")) {
      String own = path.strip().replaceFirst("\\.where\\(.*", "");
      if (own.startsWith(type.getName() + ".")) {
        ObjectNode at = resource;
        BaseRuntimeElementDefinition<?> definition = type;
        for (String name : own.substring(type.getName().length() + 1).split("\\.")) {
          BaseRuntimeChildDefinition child =
              ((BaseRuntimeElementCompositeDefinition<?>) definition).getChildByName(name);
          at = child.getMax() == 1 ? at.withObject("/" + name) : at.withArray(name).addObject();
          definition = child.getChildByName(name);
        }
        at.put("reference", reference);
        return;
      }
    }
  }

  /** Stores all that a system may store, of these types. */
  void store(List<String> types, PlainTable table) throws IOException, InterruptedException {
    for (String site : List.of(SITE, "cell-south")) {
      require(service.put("/fhir/Organization/" + site, named("Organization", site)));
    }
    List<String> all = new ArrayList<>(List.of("Patient"));
    types.stream().filter(type -> !type.equals("Patient")).forEach(all::add);
    for (String type : all) {
      for (String whose : Cell.WHOSE) {
        boolean isNobody = whose.equals("none");
        if (isNobody ? type.equals("Patient") : !table.namesPatients(type)) {
          continue;
        }
        ObjectNode resource = resource(type, whose, mark(whose)).put("id", id(whose));
        FhirCalls.Answer answer = service.put("/fhir/" + type + "/" + id(whose), resource);
        if (answer.status() / 100 == 2) {
          versions.put(type + "/" + id(whose), version(answer.body()));
        } else if (type.equals("Patient")) {
          require(answer);
        }
      }
    }
  }

  private static ObjectNode named(String type, String id) {
    return FhirCalls.JSON.createObjectNode().put("resourceType", type).put("id", id);
  }

  private static String version(JsonNode resource) {
    return resource.at("/meta/versionId").asText();
  }

  private static void require(FhirCalls.Answer answer) throws IOException {
    if (answer.status() / 100 != 2) {
      throw new IOException("A fixture was refused: " + answer.body());
    }
  }

  boolean has(String type, String whose) {
    return versions.containsKey(type + "/" + id(whose));
  }

  int size() {
    return versions.size();
  }

  /** What is no longer as it was stored. */
  List<String> changed() throws IOException, InterruptedException {
    List<String> changed = new ArrayList<>();
    for (Map.Entry<String, String> one : versions.entrySet()) {
      FhirCalls.Answer answer = service.get("/fhir/" + one.getKey());
      if (answer.status() != 200 || !version(answer.body()).equals(one.getValue())) {
        changed.add(one.getKey() + " was changed: HTTP " + answer.status());
      }
    }
    return changed;
  }

  /** How many resources of a type there are; below 0 if nobody says. */
  int count(String type) throws IOException, InterruptedException {
    return service.get("/fhir/" + type + "?_summary=count").body().path("total").asInt(-1);
  }
}
