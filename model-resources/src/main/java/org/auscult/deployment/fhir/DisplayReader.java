package org.auscult.deployment.fhir;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.auscult.display.Audience;
import org.auscult.display.DisplayRules;
import org.auscult.feature.fhir.Problems;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads when a deployment's cards are shown, and how long its models may take. */
final class DisplayReader {
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final Map<String, Function<Long, Duration>> UNITS =
      Map.of(
          "ms", Duration::ofMillis,
          "min", Duration::ofMinutes,
          "h", Duration::ofHours,
          "d", Duration::ofDays,
          "wk", n -> Duration.ofDays(7 * n));
  private static final Duration LEAST_BUDGET = Duration.ofMillis(10);
  private static final Duration MOST_BUDGET = Duration.ofSeconds(30);
  private static final Duration LONGEST_SILENCE = Duration.ofDays(366);
  private static final String WHERE = "PlanDefinition.extension('" + DeploymentUrls.DISPLAY + "')";
  private static final String BUDGET =
      "PlanDefinition.extension('" + DeploymentUrls.TIME_BUDGET + "')";

  private final PlanDefinition plan;
  private final Problems problems;

  DisplayReader(PlanDefinition plan, Problems problems) {
    this.plan = plan;
    this.problems = problems;
  }

  /** What is stated; after a problem, of no use. */
  DisplayRules rules() {
    List<Extension> found = plan.getExtensionsByUrl(DeploymentUrls.DISPLAY);
    if (found.isEmpty()) {
      return DisplayRules.NONE;
    }
    if (found.size() > 1) {
      problems.add(WHERE, "it is there more than once", "Keep one.");
    }
    Extension display = found.get(0);
    return new DisplayRules(
        new Audience(
            codings(display, "role", c -> c.getSystem() + "|" + c.getCode()),
            codings(display, "setting", Coding::getCode)),
        silence(display, "unchanged"),
        silence(display, "quiet"),
        silence(display, "snooze"),
        ceiling(display));
  }

  private Set<String> codings(Extension display, String part, Function<Coding, String> text) {
    Set<String> codings = new LinkedHashSet<>();
    for (Extension one : display.getExtensionsByUrl(part)) {
      if (one.getValue() instanceof Coding coding && coding.hasSystem() && coding.hasCode()) {
        codings.add(text.apply(coding));
      } else {
        problems.add(WHERE + "." + part, "it has no system or code", "Give both.");
      }
    }
    return codings;
  }

  private @Nullable Duration silence(Extension display, String part) {
    Type value = Problems.value(display, part);
    return value == null
        ? null
        : duration(
            WHERE + "." + part,
            value,
            List.of("min", "h", "d", "wk"),
            Duration.ofMinutes(1),
            LONGEST_SILENCE);
  }

  private @Nullable Integer ceiling(Extension display) {
    Type value = Problems.value(display, "ceiling");
    if (value == null) {
      return null;
    }
    if (value instanceof IntegerType integer
        && integer.hasValue()
        && integer.getValue() >= 1
        && integer.getValue() <= 100) {
      return integer.getValue();
    }
    problems.add(
        WHERE + ".ceiling",
        "it is no whole number from 1 to 100",
        "Give as valuePositiveInt how many calls in a hundred may show a card.");
    return null;
  }

  /** What is stated, or the usual. */
  Duration budget(Duration usual) {
    List<Extension> found = plan.getExtensionsByUrl(DeploymentUrls.TIME_BUDGET);
    if (found.isEmpty()) {
      return usual;
    }
    if (found.size() > 1) {
      problems.add(BUDGET, "it is there more than once", "Keep one.");
    }
    Duration budget =
        duration(BUDGET, found.get(0).getValue(), List.of("ms"), LEAST_BUDGET, MOST_BUDGET);
    return budget == null ? usual : budget;
  }

  private @Nullable Duration duration(
      String where, @Nullable Type value, List<String> units, Duration least, Duration most) {
    if (value instanceof Quantity quantity
        && quantity.hasValue()
        && UCUM.equals(quantity.getSystem())
        && units.contains(quantity.getCode())
        && isWhole(quantity.getValue())) {
      long amount = quantity.getValue().longValue();
      Duration duration = UNITS.getOrDefault(quantity.getCode(), Duration::ofMillis).apply(amount);
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    }
    List<String> shown = new ArrayList<>(units);
    problems.add(
        where,
        "it is no duration from " + least + " to " + most + " in whole " + String.join(", ", shown),
        "Give value, system " + UCUM + " and code.");
    return null;
  }

  /** And small enough for any unit. */
  private static boolean isWhole(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0
        && value.abs().compareTo(BigDecimal.valueOf(1_000_000)) <= 0;
  }
}
