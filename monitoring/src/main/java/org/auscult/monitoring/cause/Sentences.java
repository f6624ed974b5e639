package org.auscult.monitoring.cause;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.auscult.monitoring.cause.Cause.Kind;
import org.auscult.monitoring.cause.Traces.Counted;
import org.auscult.monitoring.cause.Traces.SeenCode;
import org.auscult.timeline.Quantity;
import org.jspecify.annotations.Nullable;

/** Causes in words, made of the figures alone. */
final class Sentences {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final int HASH = 12;

  /** By the codes of the reasons; what is not here is told by its code. */
  private static final Map<String, String> REASONS =
      Map.of(
          "not-recorded", "the record holds nothing that it lists",
          "search-incomplete", "the search was not complete",
          "outside-window", "what it lists is older than its look-back",
          "unit", "it comes in a unit that cannot be read",
          "implausible", "it lies outside the plausible range",
          "comparator", "it is recorded as above or below a bound",
          "status", "it is recorded in a status that does not count",
          "unrecognised-value", "it is recorded as an answer that the definition does not know",
          "data-absent", "it is recorded as absent",
          "dependency", "what it hangs on is missing");

  private Sentences() {}

  /** One of a unit. */
  static Quantity one(String unit) {
    return new Quantity(BigDecimal.ONE, unit);
  }

  /**
   * A trait, and what was usual.
   *
   * @param display of a code; empty if there is none
   * @param usual in the reference, of the same kind
   * @param rows of the reference that were read from something
   */
  record OfTrait(Trait trait, String display, Optional<Counted> usual, int rows) {}

  static Cause trait(
      String feature,
      TracedFeature source,
      OfTrait of,
      @Nullable LocalDate since,
      Contrast contrast,
      boolean isReadable) {
    Trait trait = of.trait();
    String how =
        switch (trait.kind()) {
          case UNIT ->
              trait.value().isEmpty() ? "comes without a unit" : "comes in " + trait.value();
          case CODE -> "comes under the code " + quoted(of.display()) + trait.value();
          case SITE -> "comes from Organization/" + trait.value();
          case DEVICE -> "was measured with " + plain(trait.value());
          case METHOD -> "was measured by " + plain(trait.value());
        };
    String usual =
        of.usual()
            .filter(counted -> !counted.trait().equals(trait) && !counted.trait().value().isEmpty())
            .map(
                counted ->
                    ", and "
                        + percent(counted.rows() / (double) of.rows())
                        + " "
                        + plain(counted.trait().value()))
            .orElse("");
    String unreadable = isReadable ? "" : ", which cannot be read in " + source.unit();
    return new Cause(
        feature,
        source.name(),
        Kind.valueOf(trait.kind().name()),
        trait.value(),
        since,
        rounded(contrast.now().share()),
        rounded(Contrast.share(contrast.before())),
        begin(feature, source)
            + since(since)
            + percent(contrast.now().share())
            + " of what it is read from "
            + how
            + unreadable
            + " (reference: "
            + percent(Contrast.share(contrast.before()))
            + usual
            + ")");
  }

  static Cause otherCode(
      String feature,
      TracedFeature source,
      SeenCode code,
      String unit,
      @Nullable LocalDate since,
      Contrast contrast,
      Contrast absent) {
    return new Cause(
        feature,
        source.name(),
        Kind.OTHER_CODE,
        code.asCode().toString(),
        since,
        rounded(contrast.now().share()),
        rounded(Contrast.share(contrast.before())),
        begin(feature, source)
            + since(since)
            + percent(contrast.now().share())
            + " of rows hold "
            + quoted(code.display())
            + code.asCode()
            + (unit.isEmpty() ? "" : ", in " + unit)
            + ", which the feature does not list (reference: "
            + percent(Contrast.share(contrast.before()))
            + "); what it lists stands in "
            + percent(1 - absent.now().share())
            + " of rows (reference: "
            + percent(1 - Contrast.share(absent.before()))
            + ")");
  }

  static Cause definition(String feature, TracedFeature source, String before, String now) {
    return new Cause(
        feature,
        source.name(),
        Kind.DEFINITION,
        now,
        null,
        1,
        0,
        begin(feature, source)
            + "its definition means other codes than in the reference (expansion "
            + shortened(now)
            + " instead of "
            + shortened(before)
            + ")");
  }

  static Cause missing(String feature, String reason, Contrast contrast) {
    return new Cause(
        feature,
        feature,
        Kind.MISSING,
        reason,
        null,
        rounded(contrast.now().share()),
        rounded(Contrast.share(contrast.before())),
        feature
            + ": "
            + percent(contrast.now().share())
            + " of rows lack it because "
            + REASONS.getOrDefault(reason, "of " + reason)
            + " (reference: "
            + percent(Contrast.share(contrast.before()))
            + ")");
  }

  private static String begin(String feature, TracedFeature source) {
    return feature.equals(source.name())
        ? feature + ": "
        : feature + ", made of " + source.name() + ": ";
  }

  private static String since(@Nullable LocalDate day) {
    return day == null ? "" : "since " + DAY.format(day) + " ";
  }

  private static String percent(double share) {
    return Math.round(share * 100) + " %";
  }

  /** Two digits: more would tell of few. */
  private static double rounded(double share) {
    return Math.round(share * 100) / 100.0;
  }

  private static String quoted(String display) {
    return display.isEmpty() ? "" : "'" + display + "' ";
  }

  /** Several codes stand in one text, parted by what is not printed. */
  private static String plain(String codes) {
    return codes.replaceAll("\\p{Cntrl}+", " ");
  }

  private static String shortened(String hash) {
    return hash.substring(0, Math.min(HASH, hash.length()));
  }
}
