package org.auscult.prediction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.auscult.display.Decision;
import org.auscult.display.Urgency;
import org.auscult.display.WithheldReason;
import org.auscult.explanation.Explanation;
import org.auscult.explanation.Explanation.Contribution;
import org.auscult.explanation.Explanation.OfOutput;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.MissingReason;
import org.auscult.order.Dosage;
import org.auscult.order.DraftOrder;
import org.auscult.order.Gap;
import org.auscult.order.OrderCheck;
import org.auscult.order.OrderFinding;
import org.auscult.order.RepeatCreatinine;
import org.auscult.order.Stability;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/** Random journal entries that hold every form that an entry can take; same seed, same entries. */
public final class Entries {
  private static final List<String> WORDS =
      List.of("", "systolic", "mm[Hg]", "a \"quoted\" word", "Größe µg", "line\nbreak", "\\u0000");

  private int cards;
  private int memories;
  private final Random random;

  public Entries(long seed) {
    random = new Random(seed);
  }

  /** The next entry. */
  public JournalEntry next() {
    return next(
        new Call(
            word(),
            "patient-view",
            uuid().toString(),
            new Caller(
                orNull(this::word),
                orNull(this::word),
                orNull(this::word),
                orNull(this::word),
                orNull(this::identity))),
        new Subject(random.nextBoolean() ? "" : "https://ehr.example.org/fhir", uuid().toString()));
  }

  private CallerIdentity identity() {
    return new CallerIdentity(
        word(), word(), orNull(this::word), orNull(this::word), uuid().toString());
  }

  /** The next entry, of a given call. */
  public JournalEntry next(Call call, Subject subject) {
    return new JournalEntry(
        CardId.journal(uuid()),
        instant(),
        call,
        subject,
        instant(),
        random.nextInt(1_000_000),
        random.nextInt(5),
        list(3, this::deployment),
        orNull(this::protection),
        orNull(() -> FactBasis.values()[random.nextInt(2)]),
        list(2, this::draft));
  }

  private DraftOrder draft() {
    return new DraftOrder(
        word(),
        List.of(new Code(word(), "c" + word())),
        word(),
        new Dosage(orNull(this::word), orNull(this::word), orNull(this::word)));
  }

  private Protection protection() {
    return new Protection(
        Map.of(word(), list(2, this::word)),
        Map.of(word(), list(2, this::word)),
        list(2, this::word),
        random.nextBoolean());
  }

  /** An answer to the first card of an entry. */
  public Feedback answerTo(JournalEntry entry) {
    Feedback.Outcome outcome =
        random.nextBoolean() ? Feedback.Outcome.ACCEPTED : Feedback.Outcome.OVERRIDDEN;
    return new Feedback(
        CardId.of(entry.id(), 1),
        entry.call().service(),
        outcome,
        instant(),
        list(2, this::word),
        orNull(this::word),
        orNull(this::word),
        orNull(this::word),
        orNull(this::word),
        orNull(this::answerer));
  }

  private Answerer answerer() {
    return new Answerer(
        random.nextBoolean() ? Answerer.Way.EHR : Answerer.Way.APP,
        orNull(this::word),
        orNull(this::word),
        orNull(this::word));
  }

  /** The same as the journal would keep it, by the one to whom the card was shown. */
  public Answer kept(Feedback feedback) {
    return new Answer(uuid(), feedback, null);
  }

  private DeploymentRun deployment() {
    return new DeploymentRun(
        orNull(() -> "https://example.org/" + random.nextInt(3) + "|1"),
        list(3, this::run),
        orNull(() -> new OrderRun(random.nextInt(9), check())),
        list(3, this::decision),
        orNull(() -> word() + " " + memories++));
  }

  private OrderCheck check() {
    return new OrderCheck(
        word(),
        new FeatureVector(word(), word(), asOf(), 1, list(2, this::entry)),
        new Stability(Stability.State.UNSTABLE, word(), list(2, this::word)),
        List.of(),
        list(3, this::finding),
        orNull(() -> new RepeatCreatinine(RepeatCreatinine.Why.TOO_OLD, word())));
  }

  private OrderFinding finding() {
    OrderFinding.Outcome outcome =
        switch (random.nextInt(5)) {
          case 0 -> new OrderFinding.Outcome.Unstable(word(), list(2, this::word));
          case 1 -> new OrderFinding.Outcome.OnDialysis(word(), list(2, this::word));
          case 2 ->
              new OrderFinding.Outcome.NotAssessed(
                  List.of(new Gap(word(), word(), word(), list(2, this::word))));
          case 3 -> new OrderFinding.Outcome.NotChecked(word());
          default -> new OrderFinding.Outcome.NoRule();
        };
    return new OrderFinding(
        word(),
        word(),
        orNull(() -> new OrderFinding.Ingredient(Code.loinc("1-8"), word())),
        outcome,
        list(2, this::word));
  }

  /** No two cards of an entry have the same number, nor two deployments the same memory. */
  private Decision decision() {
    return new Decision(
        1 + cards++ % 200,
        word(),
        Urgency.values()[random.nextInt(Urgency.values().length)],
        orNull(() -> WithheldReason.values()[random.nextInt(WithheldReason.values().length)]));
  }

  private ModelRun run() {
    FeatureVector vector =
        new FeatureVector(word(), word(), asOf(), random.nextLong(1L << 60), list(4, this::entry));
    return new ModelRun(random.nextInt(9), word(), vector, result());
  }

  private AsOf asOf() {
    return switch (random.nextInt(3)) {
      case 0 -> AsOf.instant(instant());
      case 1 -> AsOf.current(instant());
      default -> AsOf.epoch(instant(), random.nextInt(1000));
    };
  }

  private FeatureVector.Entry entry() {
    return new FeatureVector.Entry(word(), word(), word(), featureValue());
  }

  private FeatureValue featureValue() {
    if (random.nextBoolean()) {
      MissingReason[] reasons = MissingReason.values();
      return new FeatureValue.Missing(reasons[random.nextInt(reasons.length)], word());
    }
    return new FeatureValue.Present(
        number(),
        word(),
        orNull(this::word),
        list(3, this::word),
        orNull(this::instant),
        orNull(this::instant),
        random.nextBoolean() ? FeatureValue.Origin.RECORD : FeatureValue.Origin.DEFAULT);
  }

  private Result result() {
    return switch (random.nextInt(3)) {
      case 0 -> new Result.NotEligible(list(3, this::reason));
      case 1 -> new Result.NotAssessed(list(3, this::reason));
      default ->
          new Result.Predicted(
              list(4, this::input),
              list(3, () -> new Score(word(), number(), number())),
              new Explanation(word(), word(), word(), list(3, this::ofOutput)));
    };
  }

  private Reason reason() {
    return new Reason(word(), word(), word(), list(2, this::word));
  }

  private InputValue input() {
    return new InputValue(
        word(),
        number(),
        word(),
        orNull(this::word),
        list(2, this::word),
        orNull(this::instant),
        orNull(this::word));
  }

  private OfOutput ofOutput() {
    return new OfOutput(word(), number(), list(4, () -> new Contribution(word(), number())));
  }

  /** Any finite double, down to the subnormal ones. */
  private double number() {
    double number = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(number) ? number : -0.0;
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private <T> @Nullable T orNull(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  private <T> List<T> list(int most, Supplier<T> value) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      list.add(value.get());
    }
    return list;
  }
}
