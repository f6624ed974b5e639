package org.auscult.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.auscult.protection.SpecialLabels;
import org.jspecify.annotations.Nullable;

/**
 * Why what a model takes is sensitive: it measures what nobody may be discriminated by (45 CFR
 * 92.210, with what 45 CFR 170.315(b)(11) lists beside), or a condition under special protection.
 */
public enum Sensitivity {
  RACE(null),
  COLOR(null),
  ETHNICITY(null),
  NATIONAL_ORIGIN(null),
  LANGUAGE(null),
  /** With pregnancy and related conditions (45 CFR 92.101(a)(2)). */
  SEX(null),
  SEXUAL_ORIENTATION(null),
  GENDER_IDENTITY(null),
  AGE(null),
  DISABILITY(null),
  /** Where somebody lives, which may stand for race or income. */
  GEOGRAPHY(null),
  /** The conditions in which somebody lives: housing, food, work, schooling. */
  SOCIAL_DETERMINANTS(null),
  SUBSTANCE_USE("SUD"),
  HIV("HIV"),
  PSYCHIATRY("PSY"),
  OTHER_PROTECTED(SpecialLabels.RESTRICTED);

  private final @Nullable String label;

  Sensitivity(@Nullable String label) {
    this.label = label;
  }

  /** As in the guide's code system. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The label of what names such a condition; empty if it is under no special protection. */
  public Optional<String> label() {
    return Optional.ofNullable(label);
  }

  /** The one of a code; empty if there is none. */
  public static Optional<Sensitivity> of(String code) {
    return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
  }

  /** The one of a topic of a list of protected codes, which may be empty. */
  static Sensitivity ofTopic(String topic) {
    return of(topic).filter(s -> s.label != null).orElse(OTHER_PROTECTED);
  }
}
