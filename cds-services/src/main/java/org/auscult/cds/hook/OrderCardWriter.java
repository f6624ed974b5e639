package org.auscult.cds.hook;

import static java.util.stream.Collectors.joining;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.auscult.cds.Card;
import org.auscult.cds.Card.SelectionBehavior;
import org.auscult.cds.Card.Suggestion;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.OrderCard;
import org.auscult.display.Candidate;
import org.auscult.display.Markdown;
import org.auscult.display.Urgency;
import org.auscult.explanation.PlainNumber;
import org.auscult.feature.FeatureVector;
import org.auscult.order.DoseBand;
import org.auscult.order.Gap;
import org.auscult.order.OrderCheck;
import org.auscult.order.OrderFinding;
import org.auscult.order.OrderFinding.Ingredient;
import org.auscult.order.OrderFinding.Kind;
import org.auscult.order.OrderFinding.Outcome;
import org.auscult.order.RenalEstimate;
import org.auscult.order.RuleSource;
import org.auscult.prediction.CardId;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.OrderRun;
import org.auscult.prediction.OrderRun.Indexed;
import org.jspecify.annotations.Nullable;

/**
 * Writes the cards of one order check (safety rule 13): one for each drug of which a rule has
 * something to say, and one for all orders to which the same happened: no steady state, dialysis,
 * missing data, no drug that is known. What was checked and is clear is silent.
 */
final class OrderCardWriter {
  private final ZoneId zone;

  OrderCardWriter(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * What the cards of one check have in common.
   *
   * @param first index of the first finding that has a card: that card offers what is offered once
   */
  private record Frame(
      JournalEntry entry,
      OrderCheck check,
      Deployment deployment,
      OrderCard texts,
      String context,
      int first) {}

  List<WrittenCard> cards(
      JournalEntry entry, OrderRun run, Deployment deployment, OrderCard texts, String context) {
    int first =
        run.findings().stream()
            .filter(f -> speaks(f.finding().kind(), deployment))
            .mapToInt(Indexed::index)
            .min()
            .orElse(-1);
    Frame frame = new Frame(entry, run.check(), deployment, texts, context, first);
    List<WrittenCard> cards = new ArrayList<>();
    Map<Kind, List<Indexed>> alike = new EnumMap<>(Kind.class);
    for (Indexed one : run.findings()) {
      Outcome outcome = one.finding().outcome();
      if (outcome instanceof Outcome.Advised advised) {
        cards.add(advised(frame, one, advised));
      } else if (speaks(outcome.kind(), deployment)) {
        alike.computeIfAbsent(outcome.kind(), k -> new ArrayList<>()).add(one);
      }
    }
    alike.forEach((kind, findings) -> cards.add(alike(frame, kind, findings)));
    return cards;
  }

  private static boolean speaks(Kind kind, Deployment deployment) {
    return switch (kind) {
      case ADVISED, UNSTABLE, ON_DIALYSIS, NOT_CHECKED -> true;
      case NOT_ASSESSED -> deployment.onFailure() == FailureDisplay.NOT_ASSESSED;
      case CLEAR, NO_RULE -> false;
    };
  }

  private WrittenCard advised(Frame frame, Indexed one, Outcome.Advised advised) {
    DoseBand band = advised.band();
    RenalEstimate estimate = advised.estimate();
    String drug = name(one.finding());
    String action =
        switch (band.action()) {
          case AVOID -> "avoid";
          case REDUCE -> "reduce the dose";
          case MONITOR -> "monitor closely";
        };
    String summary =
        drug + ": " + action + ", " + measure(estimate) + " (" + frame.texts().label() + ")";
    StringBuilder detail = new StringBuilder();
    detail
        .append("**")
        .append(Markdown.escaped(drug + ": " + action))
        .append("**\n\n")
        .append(Markdown.escaped(band.text()));
    if (band.dose() != null) {
      detail.append("\n\nDose: ").append(Markdown.escaped(band.dose()));
    }
    detail.append("\n\n").append(ordered(List.of(one)));
    detail.append(inputs(frame, estimate));
    remarks(detail, one.finding().remarks());
    RuleSource source = advised.source();
    detail
        .append("\nRule: [")
        .append(Markdown.escaped(source.title()))
        .append("](")
        .append(source.url())
        .append("), ")
        .append(source.date())
        .append(".\n");
    List<Suggestion> suggestions = new ArrayList<>();
    if (band.action() == DoseBand.AdvisedAction.AVOID) {
      suggestions.add(Suggestions.removal(card(frame, one), one.finding(), drug));
    }
    return written(
        frame,
        one,
        summary,
        detail,
        Urgency.valueOf(band.severity().name()),
        suggestions,
        List.of(one));
  }

  private WrittenCard alike(Frame frame, Kind kind, List<Indexed> findings) {
    String drugs = findings.stream().map(f -> name(f.finding())).distinct().collect(joining(", "));
    Outcome first = findings.get(0).finding().outcome();
    StringBuilder detail = new StringBuilder();
    String summary;
    Urgency urgency;
    if (first instanceof Outcome.Unstable unstable) {
      summary = "Renal function unstable: do not dose by it: " + drugs;
      urgency = Urgency.WARNING;
      detail
          .append("**")
          .append(Markdown.escaped(sentence(unstable.text())))
          .append(
              ".** No number of the kidneys can be trusted now, so the orders below were held against"
                  + " none.\n\n");
    } else if (first instanceof Outcome.OnDialysis dialysis) {
      summary = "On dialysis: rules by renal function do not apply: " + drugs;
      urgency = Urgency.WARNING;
      detail
          .append("**On dialysis:** ")
          .append(Markdown.escaped(dialysis.text()))
          .append(". Rules by creatinine clearance or eGFR do not apply. Dose for dialysis.\n\n");
    } else if (first instanceof Outcome.NotAssessed) {
      summary = "Renal dosing not assessed: " + drugs;
      urgency = Urgency.INFO;
      detail.append(
          "**Renal dosing was not assessed.** This does not mean that the orders are safe.\n\n");
      gaps(findings).forEach(gap -> detail.append("- ").append(Markdown.escaped(gap)).append("\n"));
      detail.append("\n");
    } else {
      summary = "Not checked against renal function: " + drugs;
      urgency = Urgency.INFO;
      detail.append(
          "**Not checked.** It is not known which drugs these orders are of, so they were held"
              + " against no rule. This does not mean that they are safe.\n\n");
    }
    detail.append(ordered(findings));
    remarks(
        detail, findings.stream().flatMap(f -> f.finding().remarks().stream()).distinct().toList());
    return written(
        frame,
        findings.get(0),
        summary + " (" + frame.texts().label() + ")",
        detail,
        urgency,
        List.of(),
        findings);
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static List<String> gaps(List<Indexed> findings) {
    return findings.stream()
        .map(f -> f.finding().outcome())
        .filter(Outcome.NotAssessed.class::isInstance)
        .flatMap(o -> ((Outcome.NotAssessed) o).gaps().stream())
        .map(Gap::text)
        .distinct()
        .toList();
  }

  private WrittenCard written(
      Frame frame,
      Indexed first,
      String summary,
      StringBuilder detail,
      Urgency urgency,
      List<Suggestion> own,
      List<Indexed> findings) {
    List<Suggestion> suggestions = new ArrayList<>(own);
    if (frame.check().repeat() != null && first.index() == frame.first()) {
      detail
          .append("\nMeasure creatinine again: ")
          .append(Markdown.escaped(frame.check().repeat().text()))
          .append(".\n");
      Suggestions.repeat(card(frame, first), frame.entry(), frame.check())
          .ifPresent(suggestions::add);
    }
    if (first.finding().kind() == Kind.ADVISED) {
      detail.append(frame.context());
    }
    detail.append("\n").append(frame.texts().meaning()).append("\n");
    footer(frame, detail);
    Card card =
        new Card(
            card(frame, first),
            CardWriter.shortened(summary),
            detail.toString(),
            CardWriter.indicator(urgency),
            new Card.Source(
                frame.texts().label(),
                frame.texts().sourceUrl(),
                CardWriter.topic(frame.deployment())),
            suggestions,
            suggestions.isEmpty() ? null : SelectionBehavior.ANY,
            CardWriter.reasons(frame.deployment()),
            List.of(),
            Map.of(OrderExtension.NAME, OrderExtension.of(frame.entry(), frame.check(), findings)));
    String topic =
        frame.check().rules()
            + findings.stream().map(f -> f.finding().order() + " " + name(f.finding())).toList();
    return new WrittenCard(
        () -> card,
        new Candidate(first.index() + 1, topic, WrittenCard.digest(summary), urgency, null, null),
        findings.stream().map(f -> f.finding().order()).distinct().toList());
  }

  private static UUID card(Frame frame, Indexed one) {
    return CardId.of(frame.entry().id(), one.index() + 1);
  }

  /** The ingredient, or else what the order says. */
  private static String name(OrderFinding finding) {
    Ingredient ingredient = finding.ingredient();
    if (ingredient != null) {
      return ingredient.title();
    }
    return finding.orderText().isBlank() ? "an order without a name" : finding.orderText();
  }

  private static String measure(RenalEstimate estimate) {
    return switch (estimate.kind()) {
      case COCKCROFT_GAULT -> "creatinine clearance " + estimate.shown() + " mL/min";
      case EGFR -> "eGFR " + estimate.shown() + " mL/min/1.73 m²";
      case EGFR_DE_INDEXED -> "eGFR " + estimate.shown() + " mL/min for own body surface";
    };
  }

  private static String ordered(List<Indexed> findings) {
    StringBuilder text = new StringBuilder("Ordered:\n\n");
    for (Indexed one : findings) {
      OrderFinding finding = one.finding();
      text.append("- ")
          .append(
              Markdown.escaped(finding.orderText().isBlank() ? name(finding) : finding.orderText()))
          .append("\n");
    }
    return text.toString();
  }

  /** The number and what it was made of, each with its date (safety rule 8). */
  private String inputs(Frame frame, RenalEstimate estimate) {
    StringBuilder text = new StringBuilder("\n| | value | date |\n|---|---|---|\n");
    String made =
        switch (estimate.kind()) {
          case COCKCROFT_GAULT ->
              "creatinine clearance by Cockcroft–Gault, "
                  + Optional.ofNullable(estimate.weight()).map(w -> w.code()).orElse("")
                  + " weight";
          case EGFR -> "eGFR by CKD-EPI 2021";
          case EGFR_DE_INDEXED -> "eGFR by CKD-EPI 2021, for the own body surface";
        };
    row(text, made, estimate.shown() + " " + unit(estimate.unit()), estimate.effective());
    for (RenalEstimate.Input input : estimate.inputs()) {
      String title =
          frame
              .check()
              .vector()
              .entry(input.feature())
              .map(FeatureVector.Entry::title)
              .orElse(input.feature());
      String value =
          input.text() == null
              ? PlainNumber.of(input.value())
                  + (input.unit().equals("1") ? "" : " " + unit(input.unit()))
              : input.text();
      row(text, title, value, input.effective());
    }
    return text.toString();
  }

  private void row(
      StringBuilder text, String title, String value, java.time.@Nullable Instant effective) {
    text.append("| ")
        .append(Markdown.escaped(title))
        .append(" | ")
        .append(Markdown.escaped(value))
        .append(" | ")
        .append(effective == null ? "" : LocalTime.text(effective, zone))
        .append(" |\n");
  }

  private static String unit(String ucum) {
    return switch (ucum) {
      case "mL/min/{1.73_m2}" -> "mL/min/1.73 m²";
      case "a" -> "years";
      default -> ucum;
    };
  }

  private static void remarks(StringBuilder detail, List<String> remarks) {
    if (!remarks.isEmpty()) {
      detail.append("\nNote:\n\n");
      remarks.forEach(r -> detail.append("- ").append(Markdown.escaped(r)).append("\n"));
    }
  }

  private void footer(Frame frame, StringBuilder detail) {
    String canonical = frame.check().rules();
    if (frame.entry().findings() > 0) {
      detail
          .append("\n")
          .append(frame.entry().findings())
          .append(
              " of the resources or answers sent with this call could not be read and were not used.\n");
    }
    detail
        .append("\nMade ")
        .append(LocalTime.text(frame.entry().indexTime(), zone))
        .append(" by ")
        .append(Markdown.escaped(frame.texts().label()))
        .append(", version ")
        .append(Markdown.escaped(canonical.substring(canonical.indexOf('|') + 1)))
        .append(". Call ")
        .append(frame.entry().id())
        .append(".\n");
  }
}
