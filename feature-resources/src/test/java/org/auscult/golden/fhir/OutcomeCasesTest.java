package org.auscult.golden.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.golden.fhir.OutcomeFile.OutcomeCase;
import org.auscult.outcome.CensoringReason;
import org.auscult.outcome.ExclusionReason;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.outcome.OutcomeLabel.Censored;
import org.auscult.outcome.OutcomeLabel.Competing;
import org.auscult.outcome.OutcomeLabel.Event;
import org.auscult.outcome.OutcomeLabel.Excluded;
import org.auscult.outcome.OutcomeLabel.NoEvent;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of outcome cases: each gives its label, and another one with its mutant.
 *
 * <p>Safety: 20, 29.
 */
class OutcomeCasesTest {
  private static final OutcomeFile FILE = new OutcomeFile(Path.of("../outcomes/cases.json"));
  private static final OutcomeLabeller LABELLER =
      new OutcomeLabeller(new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));

  static List<OutcomeCase> cases() {
    return FILE.cases();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givesItsLabelAndNotWithItsMutant(OutcomeCase golden) {
    JsonNode expect = golden.node().json().path("expect");

    assertThat(differences(expect, label(golden.node()))).isEmpty();
    assertThat(differences(expect, label(golden.mutant()))).as("with its mutant").isNotEmpty();
  }

  @Test
  void everyLabelAndReasonHasACase() {
    Set<String> met = new LinkedHashSet<>();
    for (OutcomeCase golden : cases()) {
      met.add(golden.node().json().path("expect").path("label").asText());
      met.add(golden.node().json().path("expect").path("reason").asText());
    }
    assertThat(met)
        .contains("event", "no-event", "censored", "competing", "excluded")
        .containsAll(
            // Files have no feeds that could be silent: OutcomeLabellerTest has that.
            EnumSet.complementOf(EnumSet.of(CensoringReason.FEED_SILENT)).stream()
                .map(CensoringReason::code)
                .toList())
        .containsAll(
            List.of(ExclusionReason.values()).stream().map(ExclusionReason::code).toList());
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(60);
  }

  private static OutcomeLabel label(Node node) {
    return LABELLER.label(
        FILE.outcome(node), FILE.timeline(node), OutcomeFile.at(node), OutcomeFile.knownAt(node));
  }

  private static List<String> differences(JsonNode expect, OutcomeLabel label) {
    List<String> differences = new ArrayList<>();
    compare("label", expect, Optional.of(label.code()), differences);
    compare("reason", expect, reason(label), differences);
    compare("time", expect, time(label), differences);
    compare(
        "competing",
        expect,
        label instanceof Competing competing ? Optional.of(competing.what()) : Optional.empty(),
        differences);
    if (expect.has("evidence")) {
      Set<String> evidence = new LinkedHashSet<>();
      expect.path("evidence").forEach(one -> evidence.add(one.asText()));
      if (!evidence.equals(label.evidence().references().stream().collect(Collectors.toSet()))) {
        differences.add("evidence " + label.evidence().references());
      }
    }
    return differences;
  }

  private static void compare(
      String member, JsonNode expect, Optional<String> actual, List<String> differences) {
    if (expect.has(member) && !Optional.of(expect.path(member).asText()).equals(actual)) {
      differences.add(member + " " + actual.orElse("none"));
    }
  }

  private static Optional<String> reason(OutcomeLabel label) {
    if (label instanceof Censored censored) {
      return Optional.of(censored.reason().code());
    }
    return label instanceof Excluded excluded
        ? Optional.of(excluded.reason().code())
        : Optional.empty();
  }

  private static Optional<String> time(OutcomeLabel label) {
    if (label instanceof Event event) {
      return Optional.of(event.time().toString());
    }
    if (label instanceof NoEvent none) {
      return Optional.of(none.followedUntil().toString());
    }
    if (label instanceof Competing competing) {
      return Optional.of(competing.time().toString());
    }
    return label instanceof Censored censored
        ? Optional.of(censored.at().toString())
        : Optional.empty();
  }
}
