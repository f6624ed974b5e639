package org.auscult.timeline;

import java.time.Instant;
import java.util.List;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.KnownTime.Basis;
import org.jspecify.annotations.Nullable;

/** Makes facts for tests: everything has a plain default, and a test names what matters to it. */
public final class FactBuilder {
  public static final Instant DAY_1 = Instant.parse("2024-01-01T09:00:00Z");

  private String patient = "p";
  private String origin = "";
  private ResourceKind kind = ResourceKind.OBSERVATION;
  private String id = "1";
  private long version = 1;
  private int slot = 0;
  private List<Code> codes = List.of(Code.loinc("8480-6"));
  private @Nullable String display = "Systolic blood pressure";
  private EffectiveTime effective = EffectiveTime.at(DAY_1);
  private KnownTime known = KnownTime.recorded(DAY_1);
  private Epochs epochs = new Epochs(1, null);
  private FactValue value = new FactValue.None();
  private FactContext context = FactContext.of("final");

  public static FactBuilder fact() {
    return new FactBuilder();
  }

  public FactBuilder patient(String newPatient) {
    patient = newPatient;
    return this;
  }

  public FactBuilder origin(String newOrigin) {
    origin = newOrigin;
    return this;
  }

  public FactBuilder kind(ResourceKind newKind) {
    kind = newKind;
    return this;
  }

  public FactBuilder id(String newId) {
    id = newId;
    return this;
  }

  public FactBuilder version(long newVersion) {
    version = newVersion;
    return this;
  }

  public FactBuilder slot(int newSlot) {
    slot = newSlot;
    return this;
  }

  public FactBuilder codes(Code... newCodes) {
    codes = List.of(newCodes);
    return this;
  }

  public FactBuilder display(@Nullable String newDisplay) {
    display = newDisplay;
    return this;
  }

  /** True at one instant, and known since then. */
  public FactBuilder at(String instant) {
    effective = EffectiveTime.at(Instant.parse(instant));
    known = KnownTime.recorded(Instant.parse(instant));
    return this;
  }

  public FactBuilder effective(EffectiveTime newEffective) {
    effective = newEffective;
    return this;
  }

  public FactBuilder known(String from) {
    known = KnownTime.recorded(Instant.parse(from));
    return this;
  }

  public FactBuilder known(KnownTime newKnown) {
    known = newKnown;
    return this;
  }

  public FactBuilder assumedKnown(String from) {
    known = new KnownTime(Instant.parse(from), null, Basis.ASSUMED);
    return this;
  }

  public FactBuilder epochs(long from, @Nullable Long until) {
    epochs = new Epochs(from, until);
    return this;
  }

  public FactBuilder value(FactValue newValue) {
    value = newValue;
    return this;
  }

  /** A point in its preferred unit. */
  public FactBuilder number(String number, String unit) {
    Quantity quantity = Quantity.of(number, unit);
    value = new FactValue.Measured(quantity, quantity, Comparator.NONE);
    return this;
  }

  public FactBuilder status(String status) {
    context = context.withStatus(status);
    return this;
  }

  public FactBuilder context(FactContext newContext) {
    context = newContext;
    return this;
  }

  /** Written by a model. */
  public FactBuilder byModel() {
    context = new FactContext(context.status(), null, null, null, null, Author.MODEL);
    return this;
  }

  public Fact build() {
    return new Fact(
        patient,
        new Source(origin, kind, id, version, slot),
        codes,
        display,
        effective,
        known,
        epochs,
        value,
        context);
  }
}
