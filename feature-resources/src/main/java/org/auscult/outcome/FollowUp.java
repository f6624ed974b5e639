package org.auscult.outcome;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auscult.feature.Lookback;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/**
 * What proves that a patient without the event was still observed (safety rule 29): an encounter, a
 * fact of the event's own kind, one of a named feature, or the patient's death, at or after the
 * horizon's end.
 *
 * @param encounterClasses of encounters that prove it
 * @param features canonicals with version of features whose facts prove it, too
 * @param tolerance how long before the horizon's end the proof may lie; null for not before it
 */
public record FollowUp(
    Set<Code> encounterClasses, List<String> features, @Nullable Lookback tolerance) {
  private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  /** HL7's classes of encounter, but for those that only plan one. */
  public static final Set<Code> ANY_ENCOUNTER =
      Stream.of("AMB", "EMER", "FLD", "HH", "IMP", "ACUTE", "NONAC", "OBSENC", "SS", "VR")
          .map(code -> new Code(ACT_CODE, code))
          .collect(Collectors.toUnmodifiableSet());

  /** Any encounter at or after the horizon's end. */
  public static final FollowUp BY_ENCOUNTER = new FollowUp(ANY_ENCOUNTER, List.of(), null);

  public FollowUp {
    encounterClasses = Set.copyOf(encounterClasses);
    features = List.copyOf(features);
  }
}
