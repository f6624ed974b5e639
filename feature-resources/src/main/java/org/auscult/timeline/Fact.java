package org.auscult.timeline;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the record says of one patient, in one version of its resource.
 *
 * @param patient the patient's logical id in the record that {@code source.origin()} names
 * @param codes all codings of what the fact is about: one fact, however many codings
 * @param display the code's text for people; null if the record gives none
 */
public record Fact(
    String patient,
    Source source,
    List<Code> codes,
    @Nullable String display,
    EffectiveTime effective,
    KnownTime known,
    Epochs epochs,
    FactValue value,
    FactContext context) {
  public Fact {
    Objects.requireNonNull(patient);
    Objects.requireNonNull(source);
    codes = List.copyOf(codes);
    Objects.requireNonNull(effective);
    Objects.requireNonNull(known);
    Objects.requireNonNull(epochs);
    Objects.requireNonNull(value);
    Objects.requireNonNull(context);
  }

  public Fact withKnown(KnownTime newKnown, Epochs newEpochs) {
    return new Fact(
        patient, source, codes, display, effective, newKnown, newEpochs, value, context);
  }

  public Fact withCodes(List<Code> newCodes) {
    return new Fact(patient, source, newCodes, display, effective, known, epochs, value, context);
  }

  public Fact withPatient(String newPatient) {
    return new Fact(newPatient, source, codes, display, effective, known, epochs, value, context);
  }

  /** The same, of a model. */
  public Fact writtenByModel() {
    return new Fact(
        patient, source, codes, display, effective, known, epochs, value, context.writtenByModel());
  }
}
