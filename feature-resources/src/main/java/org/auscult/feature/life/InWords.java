package org.auscult.feature.life;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.auscult.feature.Arguments;
import org.auscult.feature.CodedAnswers;
import org.auscult.feature.Derivation;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Filter;
import org.auscult.feature.Lookback;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.Range;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.timeline.Code;

/** What a definition says, in the words of those who read values and not definitions. */
public final class InWords {
  private InWords() {}

  /**
   * One line of a description.
   *
   * @param label what it is about: {@code Window}
   */
  public record Line(String label, String text) {}

  /** All lines of a definition. */
  public static List<Line> of(FeatureDefinition definition) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("Value", value(definition)));
    Selection selection = definition.selection();
    if (selection != null) {
      lines.add(new Line("Reads", selection.kind().fhirType()));
      filters(selection).forEach(text -> lines.add(new Line("Only", text)));
    }
    Derivation derivation = definition.arguments().derivation();
    boolean readsFacts = definition.operator().readsCodes() && !definition.operator().isOfPerson();
    if (derivation == null && readsFacts) {
      lines.add(new Line("Window", window(definition.window())));
    }
    lines.add(new Line("Unit", unit(definition)));
    Range plausible = definition.plausible();
    if (plausible != null) {
      lines.add(
          new Line(
              "Plausible",
              plausible + " " + definition.valueUnit() + "; what lies outside is missing"));
    }
    CodedAnswers answers = definition.answers();
    if (answers != null) {
      lines.add(new Line("Answers", answers(answers)));
    }
    lines.add(new Line("Without a value", missing(definition.missing())));
    return lines;
  }

  private static String value(FeatureDefinition definition) {
    Arguments arguments = definition.arguments();
    String of = operator(definition.operator());
    if (arguments.nth() != null) {
      return "the value " + (arguments.nth() - 1) + " before the last one";
    }
    if (arguments.range() != null) {
      return of + ": " + arguments.range() + " " + definition.valueUnit();
    }
    if (arguments.baseline() != null) {
      return of + " " + arguments.baseline().code();
    }
    if (arguments.distinct() != null) {
      return of + " by " + arguments.distinct().code();
    }
    if (arguments.anchor() != null) {
      return of + " at the time of " + arguments.anchor();
    }
    return of;
  }

  private static String operator(Operator operator) {
    return switch (operator) {
      case LATEST -> "the last value";
      case FIRST -> "the first value";
      case MIN -> "the smallest value";
      case MAX -> "the largest value";
      case MEAN -> "the mean of the values";
      case MEDIAN -> "the median of the values";
      case STANDARD_DEVIATION -> "the standard deviation of the values";
      case SLOPE -> "the slope of the values over time";
      case DELTA -> "the last value less the baseline:";
      case PERCENT_CHANGE -> "the change of the last value against the baseline:";
      case TIME_WEIGHTED_MEAN -> "the mean over time";
      case TIME_IN_RANGE -> "the share of time in a range";
      case COUNT -> "how many there are";
      case DISTINCT_COUNT -> "how many different ones there are,";
      case RATE -> "how many there are by time";
      case EXISTS -> "whether there is any";
      case TIME_SINCE -> "the time since the last one";
      case TIME_SINCE_FIRST -> "the time since the first one";
      case ACTIVE -> "whether such a state holds";
      case DURATION -> "how long such a state has lasted";
      case TOTAL_DURATION -> "how long such states lasted together";
      case AGE -> "the age in whole years";
      case SEX -> "the sex: 1 female, 0 male";
      case DERIVED -> "made of other features by a formula";
      default -> operator.code().replace('-', ' ');
    };
  }

  private static List<String> filters(Selection selection) {
    List<String> lines = new ArrayList<>();
    Filter filter = selection.filter();
    add(lines, "of category ", filter.categories());
    add(lines, "interpreted as ", filter.interpretations());
    add(
        lines,
        "of encounters of class ",
        filter.encounterClasses().stream().map(Code::code).toList());
    add(lines, "whose text holds ", filter.displays());
    Filter.InContext context = filter.context();
    if (context != null) {
      lines.add("of context " + context.code().code() + ", inferred by " + context.rule());
    }
    add(lines, "of status ", selection.statuses());
    lines.add(
        selection.withModels() ? "what models wrote counts too" : "nothing that a model wrote");
    return lines;
  }

  private static void add(List<String> lines, String words, Collection<String> of) {
    if (!of.isEmpty()) {
      lines.add(words + of.stream().sorted().collect(Collectors.joining(" or ")));
    }
  }

  /** A window in words. */
  public static String window(Window window) {
    boolean isSince = !(window.start() instanceof Window.Before);
    String start = start(window.start());
    String end =
        window.gap() == null
            ? "to the index time"
            : "to " + length(window.gap()) + " before the index time";
    String ends =
        window.startInclusive() == isSince && window.endInclusive()
            ? ""
            : "; the start "
                + (window.startInclusive() ? "counts" : "does not count")
                + ", the end "
                + (window.endInclusive() ? "counts" : "does not count");
    return start + " " + end + ends;
  }

  private static String start(Window.Start start) {
    if (start instanceof Window.Before before) {
      return "from " + length(before.lookback()) + " before the index time";
    }
    if (start instanceof Window.EncounterStart encounter) {
      return "from the start of the open encounter of class "
          + encounter.classes().stream()
              .map(Code::code)
              .sorted()
              .collect(Collectors.joining(" or "));
    }
    if (start instanceof Window.SinceFeature since) {
      return "from the time of " + since.name();
    }
    if (start instanceof Window.CalendarStart calendar) {
      return "from the start of the " + calendar.calendar().name().toLowerCase(Locale.ROOT);
    }
    return "from the beginning of the record";
  }

  /** {@code 24 hours}. */
  public static String length(Lookback length) {
    String unit = length.unit().name().toLowerCase(Locale.ROOT);
    return length.amount() + " " + unit + (length.amount() == 1 ? "" : "s");
  }

  private static String unit(FeatureDefinition definition) {
    String read = definition.valueUnit();
    return read.equals(definition.unit())
        ? definition.unit()
        : definition.unit() + ", made of values in " + read;
  }

  private static String answers(CodedAnswers answers) {
    String text = "1 for an answer of " + answers.trueValueSet();
    if (answers.falseValueSet() != null) {
      text += ", 0 for one of " + answers.falseValueSet();
    }
    if (!answers.trueAbove().isEmpty()) {
      text +=
          ", 1 above "
              + answers.trueAbove().stream()
                  .map(bound -> bound.value().toPlainString() + " " + bound.unit())
                  .collect(Collectors.joining(" or "));
    }
    return text + "; any other is missing";
  }

  private static String missing(MissingPolicy policy) {
    if (policy instanceof MissingPolicy.Default put) {
      return put.value().toPlainString() + " is put in (" + put.provenance() + ")";
    }
    if (policy instanceof MissingPolicy.CarryForward carry) {
      return "the last value before the window, if it is no older than "
          + length(carry.maximumAge())
          + "; otherwise "
          + missing(carry.otherwise());
    }
    return policy instanceof MissingPolicy.Refuse
        ? "there is no vector at all"
        : "it is missing, with the reason";
  }
}
