package org.auscult.feature.fhir;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.ContextRule.AtTime;
import org.auscult.feature.ContextRule.Lent;
import org.auscult.feature.ContextRule.Recorded;
import org.auscult.feature.ContextRule.Side;
import org.auscult.feature.Filter;
import org.auscult.feature.Lookback;
import org.auscult.feature.Selection;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of a context rule, part by part. */
final class ContextReading {
  private static final String CONTEXT = "context";
  private static final String CODE = "code";
  private static final String COMPONENT = "component";
  private static final String ANSWER = "answer";
  private static final String TYPE = "type";
  private static final String VALUE_SET = "valueSet";
  private static final String LEAST = "least";
  private static final String MOST = "most";
  private static final String AFTER = "after";
  private static final String FROM = "from";
  private static final String TO = "to";

  private final Extensions extensions;
  private final Problems problems;

  ContextReading(Extensions extensions, Problems problems) {
    this.extensions = extensions;
    this.problems = problems;
  }

  List<Recorded> recorded() {
    List<Recorded> all = new ArrayList<>();
    for (Extension one : extensions.all(ContextUrls.RECORDED)) {
      Parts parts =
          new Parts(ContextUrls.RECORDED, one, Set.of(CONTEXT), Set.of(CODE, COMPONENT, ANSWER));
      Code context = parts.context();
      Set<Code> codes = parts.codes(CODE);
      Set<Code> components = parts.codes(COMPONENT);
      Set<Code> answers = parts.codes(ANSWER);
      if (codes.isEmpty() && components.isEmpty()) {
        parts.problem("it says neither code nor component", "Say how the record tells it.");
      }
      if (components.isEmpty() != answers.isEmpty()) {
        parts.problem(
            "component and answer go together", "Give both, or the code of the fact alone.");
      }
      if (context != null) {
        all.add(new Recorded(context, codes, components, answers));
      }
    }
    return all;
  }

  List<Lent> lent() {
    List<Lent> all = new ArrayList<>();
    for (Extension one : extensions.all(ContextUrls.FACT)) {
      Parts parts =
          new Parts(
              ContextUrls.FACT,
              one,
              Set.of(CONTEXT, TYPE, VALUE_SET, LEAST, MOST, AFTER),
              Set.of(CODE));
      Code context = parts.context();
      Selection by = parts.selection();
      Lookback least = parts.distance(LEAST);
      Lookback most = parts.distance(MOST);
      if (!one.hasExtension(MOST)) {
        parts.problem("it has no most distance", "Give a Duration such as 2 'h'.");
      }
      boolean isWhole = context != null && by != null && most != null;
      if (isWhole && !Lent.isInOrder(least, Objects.requireNonNull(most))) {
        parts.problem("its least distance is longer than its most", "Exchange them.");
        isWhole = false;
      }
      if (isWhole) {
        Side side = parts.truth(AFTER) ? Side.AFTER : Side.BEFORE;
        all.add(
            new Lent(
                Objects.requireNonNull(context),
                Objects.requireNonNull(by),
                side,
                least,
                Objects.requireNonNull(most)));
      }
    }
    return all;
  }

  List<AtTime> times() {
    List<AtTime> all = new ArrayList<>();
    for (Extension one : extensions.all(ContextUrls.TIME)) {
      Parts parts = new Parts(ContextUrls.TIME, one, Set.of(CONTEXT, FROM, TO), Set.of());
      Code context = parts.context();
      LocalTime from = parts.time(FROM);
      LocalTime to = parts.time(TO);
      if (from != null && from.equals(to)) {
        parts.problem("it ends where it begins", "Give two times of day.");
      } else if (context != null && from != null && to != null) {
        all.add(new AtTime(context, from, to));
      }
    }
    return all;
  }

  /** The parts of one condition. */
  private final class Parts {
    private final String url;
    private final Extension condition;

    Parts(String url, Extension condition, Set<String> single, Set<String> repeated) {
      this.url = url;
      this.condition = condition;
      for (Extension part : condition.getExtension()) {
        String name = String.valueOf(part.getUrl());
        if (!single.contains(name) && !repeated.contains(name)) {
          problem("nothing reads its part '" + name + "'", "Remove it.");
        }
      }
      for (String name : single) {
        if (condition.getExtensionsByUrl(name).size() > 1) {
          problem(name + " is there more than once", "Keep one.");
        }
      }
    }

    void problem(String what, String remedy) {
      problems.add(Extensions.at(url), what, remedy);
    }

    @Nullable Code context() {
      if (!condition.hasExtension(CONTEXT)) {
        problem("it gives no context", "Give the Coding of one.");
        return null;
      }
      return codes(CONTEXT).stream().findFirst().orElse(null);
    }

    Set<Code> codes(String name) {
      Set<Code> codes = new LinkedHashSet<>();
      for (Extension part : condition.getExtensionsByUrl(name)) {
        if (part.getValue() instanceof Coding coding && coding.hasSystem() && coding.hasCode()) {
          codes.add(new Code(coding.getSystem(), coding.getCode()));
        } else {
          problem(name + " is not a Coding with system and code", "Give both.");
        }
      }
      return codes;
    }

    @Nullable Selection selection() {
      String type = Problems.part(condition, TYPE);
      ResourceKind kind =
          Arrays.stream(ResourceKind.values())
              .filter(k -> k != ResourceKind.PATIENT && k.fhirType().equals(type))
              .findFirst()
              .orElse(null);
      if (kind == null) {
        problem(
            "'" + type + "' is no type of facts that lend a context",
            "Name one, such as" + " Procedure.");
      }
      Set<Code> codes = codes(CODE);
      String valueSet = valueSet();
      if (codes.isEmpty() && valueSet == null) {
        problem("it names no codes", "Give codes, or a ValueSet with its version.");
        return null;
      }
      return kind == null
          ? null
          : new Selection(kind, List.copyOf(codes), valueSet, Set.of(), Filter.ALL, false);
    }

    private @Nullable String valueSet() {
      if (!condition.hasExtension(VALUE_SET)) {
        return null;
      }
      if (Problems.value(condition, VALUE_SET) instanceof CanonicalType canonical
          && canonical.getValue() != null) {
        return extensions.pinned(Extensions.at(url), canonical.getValue());
      }
      problem("valueSet is not a canonical", "Name a ValueSet as url|version.");
      return null;
    }

    @Nullable Lookback distance(String name) {
      if (!condition.hasExtension(name)) {
        return null;
      }
      Lookback distance = Extensions.lookback(Problems.value(condition, name));
      if (distance == null || Lent.isOfCalendar(distance)) {
        problem(
            name + " is not a whole positive number of min, h, d or wk",
            "Write it as a Duration with a UCUM code, such as 2 'h'.");
        return null;
      }
      return distance;
    }

    boolean truth(String name) {
      Type value = Problems.value(condition, name);
      if (value == null || (value instanceof BooleanType && value.hasPrimitiveValue())) {
        return value instanceof BooleanType truth && truth.booleanValue();
      }
      problem(name + " is not a boolean", "Give valueBoolean.");
      return false;
    }

    @Nullable LocalTime time(String name) {
      if (Problems.value(condition, name) instanceof TimeType time && time.hasValue()) {
        try {
          return LocalTime.parse(time.getValue());
        } catch (DateTimeException e) {
          // Said below.
        }
      }
      problem(name + " is no time of day", "Write valueTime such as 06:00:00.");
      return null;
    }
  }
}
