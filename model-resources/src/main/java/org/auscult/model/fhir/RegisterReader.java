package org.auscult.model.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.fhir.Problems;
import org.auscult.model.Criterion;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.SensitiveUse;
import org.auscult.model.SensitiveUse.Part;
import org.auscult.model.Sensitivity;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;

/**
 * Reads a model's register of sensitive inputs, and holds its statements of intended use and device
 * status to their form (safety rule 34).
 */
final class RegisterReader {
  /** Whether a model is a medical device, as its author thinks. */
  private static final Set<String> STATUSES = Set.of("device", "non-device", "undetermined");

  private final Library library;
  private final Problems problems;

  RegisterReader(Library library, Problems problems) {
    this.library = library;
    this.problems = problems;
  }

  List<SensitiveUse> read(
      List<ModelInput> inputs, List<Criterion> criteria, List<ModelOutput> outputs) {
    List<SensitiveUse> register = new ArrayList<>();
    List<Extension> given = library.getExtensionsByUrl(ModelUrls.SENSITIVE_USE);
    for (int i = 0; i < given.size(); i++) {
      String where = "Library.extension('" + ModelUrls.SENSITIVE_USE + "')[" + i + "]";
      use(given.get(i), where)
          .ifPresent(use -> register.add(held(use, where, inputs, criteria, outputs)));
    }
    List<Extension> status = library.getExtensionsByUrl(ModelUrls.DEVICE_STATUS);
    if (!status.isEmpty()) {
      deviceStatus(status.get(0));
    }
    return register;
  }

  private Optional<SensitiveUse> use(Extension extension, String where) {
    String feature = Problems.part(extension, "feature");
    String output = Problems.part(extension, "output");
    String use =
        problems.required(
            where + ".use", Problems.part(extension, "use"), "how and why the model uses it");
    String code = Problems.part(extension, "kind");
    Optional<Sensitivity> kind = Optional.ofNullable(code).flatMap(Sensitivity::of);
    if (kind.isEmpty()) {
      problems.add(
          where + ".kind",
          code == null ? "it is missing" : "'" + code + "' is no kind of sensitivity",
          "Take a code of CodeSystem/model-sensitivity.");
    }
    if ((feature == null) == (output == null)) {
      problems.add(
          where,
          feature == null ? "it names neither feature nor output" : "it names feature and output",
          "Name one of them.");
      return Optional.empty();
    }
    return kind.map(
        k ->
            feature == null
                ? new SensitiveUse(Part.OUTPUT, String.valueOf(output), k, use)
                : new SensitiveUse(Part.FEATURE, feature, k, use));
  }

  /** What is registered is something that the model has; one that has nothing is told so once. */
  private SensitiveUse held(
      SensitiveUse use,
      String where,
      List<ModelInput> inputs,
      List<Criterion> criteria,
      List<ModelOutput> outputs) {
    boolean has =
        switch (use.part()) {
          case FEATURE ->
              inputs.isEmpty()
                  || inputs.stream().anyMatch(i -> i.feature().equals(use.name()))
                  || criteria.stream().anyMatch(c -> c.feature().equals(use.name()));
          case OUTPUT ->
              outputs.isEmpty() || outputs.stream().anyMatch(o -> o.name().equals(use.name()));
        };
    if (!has) {
      problems.add(
          where, "the model reads or gives no " + use.name(), "Name a feature or output it has.");
    }
    return use;
  }

  private void deviceStatus(Extension extension) {
    String where = "Library.extension('" + ModelUrls.DEVICE_STATUS + "')";
    problems.required(
        where + ".rationale", Problems.part(extension, "rationale"), "why it is thought to be so");
    String status =
        problems.required(where + ".status", Problems.part(extension, "status"), "a status");
    if (!status.isEmpty() && !STATUSES.contains(status)) {
      problems.add(
          where + ".status",
          "'" + status + "' is no status",
          "Say device, non-device or undetermined.");
    }
  }
}
