package org.auscult.timeline;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The codes under which the timeline says how an encounter ended: HL7's discharge dispositions, of
 * {@code Encounter.hospitalization}.
 */
public final class Dispositions {
  public static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/discharge-disposition";

  /** Left the encounter dead. */
  public static final Code EXPIRED = new Code(SYSTEM, "exp");

  public static final Set<Code> ALL =
      Stream.of(
              "home",
              "alt-home",
              "other-hcf",
              "hosp",
              "long",
              "aadvice",
              "exp",
              "psy",
              "rehab",
              "snf",
              "oth")
          .map(code -> new Code(SYSTEM, code))
          .collect(Collectors.toUnmodifiableSet());

  private Dispositions() {}
}
