package org.auscult.server.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.auscult.access.Requester;
import org.auscult.cohort.CohortCriteria;
import org.auscult.cohort.CohortCriteria.Criterion;
import org.auscult.server.training.TrainingFiles.Stored;
import org.auscult.server.training.TrainingPlan.UsedDefinition;
import org.auscult.training.Column;
import org.auscult.training.Exclusion;
import org.auscult.training.Representativeness;
import org.auscult.training.Split;
import org.auscult.training.Tally;
import org.jspecify.annotations.Nullable;

/** Says what a data set is, how it was made, and what is not in it. It names no patient. */
final class TrainingManifest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TrainingManifest() {}

  /** The version of this server. */
  static String engine() {
    String version = TrainingManifest.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** As JSON, for people too. */
  static String write(
      TrainingJob job,
      TrainingPlan plan,
      Requester starter,
      Tally tally,
      List<Stored> files,
      int shardSize) {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("format", 1);
    manifest.put("id", job.id());
    manifest.put("name", job.name());
    manifest.put("version", job.version());
    manifest.put("created", job.created().toString());
    manifest.put("purposeOfUse", starter.purpose());
    manifest.putObject("engine").put("name", "auscult").put("version", engine());
    manifest.set("request", request(plan));
    manifest.put("knownAt", plan.cut().toString());
    manifest.put("knowledge", plan.knowledge().code());
    manifest.set("split", split(job, plan.split()));
    manifest.put("shardSize", shardSize);
    definitions(manifest.putArray("definitions"), plan.definitions());
    if (plan.hasRows()) {
      ArrayNode columns = manifest.putArray("columns");
      for (Column column : plan.layout().columns()) {
        columns
            .addObject()
            .put("name", column.name())
            .put("type", column.type().name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    manifest.set("label", label(plan));
    ObjectNode counts = manifest.putObject("counts");
    for (String what : List.of("patients", "rows", "labels", "subjects", "events")) {
      counts.set(what, JSON.valueToTree(tally.below(what)));
    }
    ObjectNode exclusions = manifest.putObject("exclusions");
    exclusions(exclusions.putArray("patients"), tally.below("excluded-patients"));
    exclusions(exclusions.putArray("indexTimes"), tally.below("excluded-index-times"));
    unmet(exclusions.putArray("criteria"), plan.cohort().criteria(), tally);
    manifest.set("missing", missing(tally.below("missing")));
    manifest.set("representativeness", plan.target() == null ? null : Representativeness.of(tally));
    manifest.put("contentSha256", contentHash(files));
    ArrayNode list = manifest.putArray("files");
    for (Stored file : files) {
      list.addObject()
          .put("name", file.name())
          .put("mediaType", file.media())
          .put("rows", file.rows())
          .put("size", file.size())
          .put("sha256", file.sha256());
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest cannot be written", e);
    }
  }

  /**
   * Of the hashes and names of all files, as {@code sha256sum} writes them: the bytes, in one line.
   */
  static String contentHash(List<Stored> files) {
    return Hashing.sha256(
        files.stream()
            .map(file -> file.sha256() + "  " + file.name() + "\n")
            .collect(Collectors.joining()));
  }

  /** What names patients is told as a hash. */
  private static ObjectNode request(TrainingPlan plan) {
    ObjectNode request = JSON.createObjectNode();
    plan.parameters()
        .forEach(
            (name, values) -> {
              boolean isNaming =
                  (name.equals("time") && values.stream().anyMatch(v -> v.contains("@")))
                      || values.stream().anyMatch(TrainingManifest::namesPatients);
              if (isNaming) {
                request
                    .putObject(name)
                    .put("values", values.size())
                    .put("sha256", Hashing.sha256(String.join("\n", values)));
              } else {
                request.set(name, JSON.valueToTree(values));
              }
            });
    return request;
  }

  private static boolean namesPatients(String cohort) {
    return cohort.startsWith("Patient?")
        && cohort.matches(".*(_id|identifier|name|family|given).*");
  }

  private static ObjectNode split(TrainingJob job, Split split) {
    ObjectNode node = JSON.createObjectNode();
    node.put("by", split.by().code());
    node.put("seed", split.seed());
    node.put("train", split.train().toPlainString());
    node.put("validation", split.validation().toPlainString());
    node.put("test", split.test().toPlainString());
    Split.Days days = TrainingRun.days(job.days());
    if (days != null) {
      node.put("validationFrom", text(days.validation()));
      node.put("testFrom", text(days.test()));
    }
    return node;
  }

  private static @Nullable String text(@Nullable Object given) {
    return given == null ? null : given.toString();
  }

  private static void definitions(ArrayNode to, List<UsedDefinition> definitions) {
    for (UsedDefinition definition : definitions) {
      to.addObject()
          .put("role", definition.role())
          .put("canonical", definition.canonical())
          .put("sha256", definition.sha256())
          .put("expansionSha256", definition.expansionSha256());
    }
  }

  private static @Nullable ObjectNode label(TrainingPlan plan) {
    return plan.labeller() == null
        ? null
        : JSON.createObjectNode()
            .put("source", "outcome")
            .put("definition", plan.labeller().definition());
  }

  private static void exclusions(ArrayNode to, Map<String, Long> counts) {
    counts.forEach(
        (code, count) ->
            to.addObject()
                .put("reason", code)
                .put(
                    "text",
                    Arrays.stream(Exclusion.values())
                        .filter(why -> why.code().equals(code))
                        .map(Exclusion::text)
                        .findFirst()
                        .orElse(code))
                .put("count", count));
  }

  /** At how many index times each criterion was the first that was not met. */
  private static void unmet(ArrayNode to, CohortCriteria criteria, Tally tally) {
    for (int i = 0; i < criteria.all().size(); i++) {
      Criterion criterion = criteria.all().get(i);
      to.addObject()
          .put("text", criterion.text())
          .put("feature", criterion.feature().definition().canonical())
          .put("wanted", criterion.wanted().toString())
          .put("excludes", criterion.excludes())
          .put("count", tally.get("unmet/" + i));
    }
  }

  private static ObjectNode missing(Map<String, Long> counts) {
    ObjectNode missing = JSON.createObjectNode();
    counts.forEach(
        (path, count) -> {
          int slash = path.lastIndexOf('/');
          missing
              .withObjectProperty(path.substring(0, slash))
              .put(path.substring(slash + 1), count);
        });
    return missing;
  }
}
