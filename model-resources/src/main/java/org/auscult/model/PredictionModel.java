package org.auscult.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.auscult.model.SensitiveUse.Part;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model, immutable.
 *
 * @param featureSet {@code url|version} of the set that its inputs and criteria read
 * @param inputs in tensor order
 * @param outputs in tensor order
 * @param sha256 of the ONNX file, lower-case hex; null while none is registered
 * @param citation where the model was published
 * @param spread which inputs must be of one set of observations; null if each stands for itself
 * @param register what of it is sensitive, and why it is used (safety rule 34)
 */
public record PredictionModel(
    String url,
    String version,
    String name,
    String title,
    String featureSet,
    OutputKind kind,
    List<ModelInput> inputs,
    List<ModelOutput> outputs,
    List<Criterion> eligibility,
    @Nullable String sha256,
    String citation,
    @Nullable InputSpread spread,
    List<SensitiveUse> register) {
  public PredictionModel {
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    Objects.requireNonNull(name);
    Objects.requireNonNull(title);
    Objects.requireNonNull(featureSet);
    Objects.requireNonNull(kind);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    eligibility = List.copyOf(eligibility);
    register = List.copyOf(register);
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException("A model has inputs and outputs");
    }
  }

  /** A model of which nothing is registered as sensitive. */
  public PredictionModel(
      String url,
      String version,
      String name,
      String title,
      String featureSet,
      OutputKind kind,
      List<ModelInput> inputs,
      List<ModelOutput> outputs,
      List<Criterion> eligibility,
      @Nullable String sha256,
      String citation,
      @Nullable InputSpread spread) {
    this(
        url,
        version,
        name,
        title,
        featureSet,
        kind,
        inputs,
        outputs,
        eligibility,
        sha256,
        citation,
        spread,
        List.of());
  }

  /** A model each of whose inputs stands for itself. */
  public PredictionModel(
      String url,
      String version,
      String name,
      String title,
      String featureSet,
      OutputKind kind,
      List<ModelInput> inputs,
      List<ModelOutput> outputs,
      List<Criterion> eligibility,
      @Nullable String sha256,
      String citation) {
    this(
        url,
        version,
        name,
        title,
        featureSet,
        kind,
        inputs,
        outputs,
        eligibility,
        sha256,
        citation,
        null);
  }

  /** The same with another register. */
  public PredictionModel withRegister(List<SensitiveUse> other) {
    return new PredictionModel(
        url,
        version,
        name,
        title,
        featureSet,
        kind,
        inputs,
        outputs,
        eligibility,
        sha256,
        citation,
        spread,
        other);
  }

  /** The labels of the conditions under special protection that a feature is registered for. */
  public Set<String> labelsOf(String feature) {
    return labels(Part.FEATURE, use -> use.name().equals(feature));
  }

  /**
   * The labels of the conditions under special protection that its results are about; empty if they
   * are about none.
   */
  public Set<String> labelsOfResults() {
    return labels(Part.OUTPUT, use -> true);
  }

  private Set<String> labels(Part part, Predicate<SensitiveUse> which) {
    return register.stream()
        .filter(use -> use.part() == part && which.test(use))
        .flatMap(use -> use.kind().label().stream())
        .collect(Collectors.toSet());
  }

  /** {@code url|version}. */
  public String canonical() {
    return url + "|" + version;
  }

  public Optional<ModelOutput> output(String outputName) {
    return outputs.stream().filter(o -> o.name().equals(outputName)).findFirst();
  }

  public Optional<ModelInput> input(String inputName) {
    return inputs.stream().filter(i -> i.name().equals(inputName)).findFirst();
  }

  /**
   * The band of one output, given the values of all outputs by their names.
   *
   * @return empty if it has no bands, or none of them holds
   */
  public Optional<Band> band(String outputName, Map<String, Double> values) {
    List<Double> parts =
        outputs.stream()
            .filter(ModelOutput::part)
            .map(o -> values.getOrDefault(o.name(), Double.NaN))
            .toList();
    double total = values.getOrDefault(outputName, Double.NaN);
    return output(outputName)
        .flatMap(o -> o.bands().stream().filter(b -> b.holds(total, parts)).findFirst());
  }
}
