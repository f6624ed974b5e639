package org.auscult.feature.fhir;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.auscult.feature.Lookback;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** The extensions of one Library; what is wrong with one becomes a problem with its place. */
public final class Extensions {
  /** More than any record holds in minutes; keeps calendar arithmetic within its bounds. */
  private static final BigDecimal LONGEST = new BigDecimal("100000000");

  private final Library library;
  private final Problems problems;

  /**
   * @param problems takes what is found to be wrong
   */
  public Extensions(Library library, Problems problems) {
    this.library = library;
    this.problems = problems;
  }

  /** FHIRPath of an extension. */
  public static String at(String url) {
    return "Library.extension('" + url + "')";
  }

  /** Notes what is wrong with one. */
  public void problem(String url, String what, String remedy) {
    problems.add(at(url), what, remedy);
  }

  /** The one value; null if there is none. */
  public @Nullable Type value(String url) {
    List<Extension> found = library.getExtensionsByUrl(url);
    if (found.size() > 1) {
      problem(url, "it is there more than once", "Keep one.");
    }
    return found.isEmpty() ? null : found.get(0).getValue();
  }

  /** All of them, in order. */
  public List<Extension> all(String url) {
    return library.getExtensionsByUrl(url);
  }

  /** Whether there is one. */
  public boolean has(String url) {
    return !library.getExtensionsByUrl(url).isEmpty();
  }

  /** The one value as text; null if there is none. */
  public @Nullable String text(String url) {
    Type value = value(url);
    return value == null ? null : value.primitiveValue();
  }

  /** One of a closed list; null and a problem if it is there and none of it. */
  public <T> @Nullable T choice(
      String url, Function<String, Optional<T>> parse, List<String> choices) {
    if (!has(url)) {
      return null;
    }
    String code = text(url);
    Optional<T> found = code == null ? Optional.empty() : parse.apply(code);
    if (found.isEmpty()) {
      problem(url, "'" + code + "' is not known", "Use one of " + choices + ".");
    }
    return found.orElse(null);
  }

  /** All values of an extension that may be repeated. */
  public Set<String> texts(String url) {
    Set<String> texts = new LinkedHashSet<>();
    for (Extension extension : library.getExtensionsByUrl(url)) {
      String text = extension.hasValue() ? extension.getValue().primitiveValue() : null;
      if (text == null || text.isBlank()) {
        problem(url, "it is empty", "Give its value, or remove it.");
      } else {
        texts.add(text);
      }
    }
    return texts;
  }

  /** All codings of an extension that may be repeated. */
  public Set<Code> codings(String url) {
    Set<Code> codes = new LinkedHashSet<>();
    for (Extension extension : library.getExtensionsByUrl(url)) {
      if (extension.getValue() instanceof Coding coding && coding.hasSystem() && coding.hasCode()) {
        codes.add(new Code(coding.getSystem(), coding.getCode()));
      } else {
        problem(url, "it is not a Coding with system and code", "Give both.");
      }
    }
    return codes;
  }

  /** A whole positive number of a unit of time. */
  public @Nullable Lookback duration(String url) {
    if (!has(url)) {
      return null;
    }
    Lookback duration = lookback(value(url));
    if (duration != null) {
      return duration;
    }
    problem(
        url,
        "it is not a whole positive number of min, h, d, wk, mo or a",
        "Write it as a Duration with a UCUM code, such as 5 'a'.");
    return null;
  }

  /** A whole positive number of a unit of time; null if it is none. */
  static @Nullable Lookback lookback(@Nullable Type value) {
    return value instanceof Quantity length
            && length.getValue() != null
            && length.getCode() != null
            && Lookback.Unit.parse(length.getCode()).isPresent()
            && length.getValue().signum() > 0
            && length.getValue().stripTrailingZeros().scale() <= 0
            && length.getValue().compareTo(LONGEST) <= 0
        ? new Lookback(
            length.getValue().longValueExact(), Lookback.Unit.parse(length.getCode()).orElseThrow())
        : null;
  }

  /**
   * A Range with one end or both.
   *
   * @param unit in which its ends must be, where they name one
   */
  org.auscult.feature.@Nullable Range range(String url, String unit) {
    if (!has(url)) {
      return null;
    }
    if (!(value(url) instanceof org.hl7.fhir.r4.model.Range range)
        || (!range.getLow().hasValue() && !range.getHigh().hasValue())) {
      problem(
          url, "it is not a Range with a low or a high end", "Give valueRange with one or both.");
      return null;
    }
    for (Quantity end : List.of(range.getLow(), range.getHigh())) {
      if (end.hasCode() && !end.getCode().equals(unit)) {
        problem(
            url,
            "it is in " + end.getCode() + ", the feature in " + unit,
            "Give both in the same unit.");
      }
    }
    BigDecimal low = range.getLow().getValue();
    BigDecimal high = range.getHigh().getValue();
    if (low != null && high != null && low.compareTo(high) > 0) {
      problem(url, "its low end lies above its high end", "Exchange them.");
      return null;
    }
    return new org.auscult.feature.Range(low, high);
  }

  /** Whether it is there and true. */
  public boolean truth(String url) {
    if (!has(url)) {
      return false;
    }
    if (value(url) instanceof BooleanType truth && truth.hasValue()) {
      return truth.booleanValue();
    }
    problem(url, "it is not a boolean", "Give valueBoolean.");
    return false;
  }

  /** A ValueSet with its version. */
  public @Nullable String valueSet(String url) {
    if (!has(url)) {
      return null;
    }
    if (value(url) instanceof CanonicalType canonical && canonical.getValue() != null) {
      return pinned(at(url), canonical.getValue());
    }
    problem(url, "it is not a canonical", "Name a ValueSet as url|version.");
    return null;
  }

  String pinned(String where, String canonical) {
    if (!canonical.matches("[^|]+\\|[^|]+")) {
      problems.add(
          where,
          "ValueSet " + canonical + " is not pinned to a version",
          "Write url|version, so that a change of the ValueSet is a change of the feature.");
    }
    return canonical;
  }
}
