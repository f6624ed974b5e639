package org.auscult.cds.hook;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Instant;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery.Need;

/** Where a patient is now: the classes of the encounters that are in progress. */
final class EncounterSettings {
  private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  /** HL7's value set EncounterClass. */
  private static final Set<Code> CLASSES =
      Set.of("AMB", "EMER", "FLD", "HH", "IMP", "ACUTE", "NONAC", "OBSENC", "PRENC", "SS", "VR")
          .stream()
          .map(code -> new Code(ACT_CODE, code))
          .collect(toUnmodifiableSet());

  /** What of the timeline this reads. */
  static final Need NEED = new Need(ResourceKind.ENCOUNTER, CLASSES, null);

  private EncounterSettings() {}

  /** Codes such as {@code IMP}; empty if no encounter is known to be in progress. */
  static Set<String> of(PatientSnapshot snapshot) {
    Instant now = snapshot.asOf().at();
    return snapshot.facts(ResourceKind.ENCOUNTER, CLASSES).stream()
        .filter(fact -> isOpen(fact, now))
        .flatMap(fact -> fact.codes().stream())
        .filter(CLASSES::contains)
        .map(Code::code)
        .collect(toUnmodifiableSet());
  }

  private static boolean isOpen(Fact fact, Instant now) {
    Instant until = fact.effective().until();
    return fact.context().status().equals("in-progress") && (until == null || until.isAfter(now));
  }
}
