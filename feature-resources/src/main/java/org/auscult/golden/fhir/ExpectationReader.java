package org.auscult.golden.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.FeatureValue.Origin;
import org.auscult.feature.MissingReason;
import org.jspecify.annotations.Nullable;

/** Reads what a case expects of one feature. */
final class ExpectationReader {
  private static final double TOLERANCE = 1e-9;
  private static final int MOST_EVIDENCE = 10_000;
  private static final Set<String> OF_VALUE =
      Set.of("value", "unit", "text", "evidence", "origin", "effective", "tolerance");
  private static final Set<String> OF_NONE = Set.of("missing", "refuses");

  private ExpectationReader() {}

  /** A number, a missing reason, or an object; null, with complaints, for what is none. */
  static @Nullable Expectation read(Node node) {
    int before = node.complaints().count();
    Expectation read = null;
    if (node.json().isNumber()) {
      read = new Expectation.Value(number(node), TOLERANCE, null, null, null, null, null);
    } else if (node.json().isTextual()) {
      read = none(node, null);
    } else if (node.json().has("missing")) {
      read = ofNone(node);
    } else if (node.isObjectOf(OF_VALUE)) {
      read = ofValue(node);
    }
    return node.complaints().count() == before ? read : null;
  }

  private static @Nullable Expectation ofNone(Node node) {
    node.isObjectOf(OF_NONE);
    Node refuses = node.member("refuses");
    if (refuses != null && !refuses.json().isBoolean()) {
      refuses.complain("it is not true or false", "Write true or false.");
    }
    Node missing = node.required("missing", "Give the reason.");
    return none(missing, refuses == null ? null : refuses.json().booleanValue());
  }

  private static @Nullable Expectation none(Node node, @Nullable Boolean refuses) {
    List<String> codes = Arrays.stream(MissingReason.values()).map(MissingReason::code).toList();
    String code = node.text();
    int found = code == null ? -1 : codes.indexOf(code);
    if (code != null && found < 0) {
      node.complain(
          "'" + code + "' is no reason why a value is missing", "Use one of " + codes + ".");
    }
    return found < 0 ? null : new Expectation.None(MissingReason.values()[found], refuses);
  }

  private static Expectation ofValue(Node node) {
    Node tolerance = node.member("tolerance");
    double allowed = tolerance == null ? TOLERANCE : number(tolerance);
    if (tolerance != null && !(allowed >= 0 && allowed < 1)) {
      tolerance.complain("it is not from 0 to below 1", "Give a share, such as 1e-9.");
    }
    return new Expectation.Value(
        number(node.required("value", "Give the number, or 'missing' with a reason.")),
        allowed,
        node.text("unit"),
        text(node.member("text")),
        evidence(node),
        origin(node.member("origin")),
        effective(node.member("effective")));
  }

  private static double number(Node node) {
    JsonNode json = node.json();
    if (json.isMissingNode()) {
      return Double.NaN;
    }
    if (!json.isNumber() || FhirNodes.isTooLong(json) || !Double.isFinite(json.doubleValue())) {
      node.complain("it is no number", "Write a plain number such as 5.4.");
      return Double.NaN;
    }
    return json.doubleValue();
  }

  private static @Nullable Optional<String> text(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    return node.json().isNull() ? Optional.empty() : Optional.ofNullable(node.text());
  }

  private static @Nullable Set<String> evidence(Node node) {
    if (node.member("evidence") == null) {
      return null;
    }
    Set<String> references = new HashSet<>();
    for (Node one : node.elements("evidence", MOST_EVIDENCE)) {
      String reference = one.text();
      if (reference != null && !reference.matches("[A-Za-z]+/[A-Za-z0-9.-]+/_history/[0-9]+")) {
        one.complain("it is no versioned reference", "Write it as Observation/a/_history/1.");
      } else if (reference != null) {
        references.add(reference);
      }
    }
    return references;
  }

  private static @Nullable Origin origin(@Nullable Node node) {
    String code = node == null ? null : node.text();
    if (node == null || code == null) {
      return null;
    }
    Optional<Origin> origin =
        Arrays.stream(Origin.values())
            .filter(o -> o.name().toLowerCase(Locale.ROOT).equals(code))
            .findFirst();
    if (origin.isEmpty()) {
      node.complain("'" + code + "' is no origin", "Use record, default, carried or derived.");
    }
    return origin.orElse(null);
  }

  private static @Nullable Optional<Instant> effective(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    return node.json().isNull() ? Optional.empty() : Optional.ofNullable(instant(node));
  }

  /** Null, with a complaint, for what is no instant. */
  static @Nullable Instant instant(Node node) {
    String text = node.text();
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      node.complain("'" + text + "' is no instant", "Write it as 2024-06-01T12:00:00Z.");
      return null;
    }
  }
}
