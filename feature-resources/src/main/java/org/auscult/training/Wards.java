package org.auscult.training;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.EncounterElements;
import org.auscult.timeline.Fact;
import org.auscult.timeline.References;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * On which ward a patient was, by the places of an encounter.
 *
 * <p>A ward is a place whose physical type is {@code wa}; where none of those that held is, one
 * without a physical type, as most feeds send it. Beds, rooms and buildings are no wards. Locations
 * are not followed to what they are part of.
 */
public final class Wards {
  private static final String PHYSICAL_TYPE =
      "http://terminology.hl7.org/CodeSystem/location-physical-type";
  private static final Code WARD = new Code(PHYSICAL_TYPE, "wa");
  private static final String REFERENCE = "Location/";
  private static final int LONGEST = 128;

  private static final Comparator<Fact> LAST =
      Comparator.comparing((Fact place) -> place.effective().from())
          .thenComparing(place -> place.source().slot());

  private Wards() {}

  /**
   * The ward at a time, of several the one that was entered last.
   *
   * @param facts of one time, such as {@link PatientHistory#knownAt} gives
   * @param stay during which it is asked; null if none is known
   * @return the logical id of the Location, or else its identifier or its text; at most 128
   *     characters; empty if nobody knows
   */
  public static Optional<String> at(List<Fact> facts, @Nullable Stay stay, Instant at) {
    if (stay == null) {
      return Optional.empty();
    }
    List<Fact> held = facts.stream().filter(fact -> isPlace(fact, stay, at)).sorted(LAST).toList();
    return last(held.stream().filter(place -> place.codes().contains(WARD)).toList())
        .or(() -> last(held.stream().filter(Wards::isUntyped).toList()));
  }

  private static Optional<String> last(List<Fact> places) {
    return places.stream().reduce((one, other) -> other).flatMap(Wards::name);
  }

  private static boolean isPlace(Fact fact, Stay stay, Instant at) {
    return fact.source().kind() == ResourceKind.ENCOUNTER
        && fact.source().id().equals(stay.id())
        && fact.codes().contains(EncounterElements.LOCATION)
        && !Stay.DID_NOT_HAPPEN.contains(fact.context().status())
        && holds(fact, at);
  }

  /** What was left, nobody knows when, held at no time that could be told. */
  private static boolean holds(Fact place, Instant at) {
    EffectiveTime time = place.effective();
    Instant until = time.until();
    if (time.precision() == Precision.UNDATED || time.visibleFrom().isAfter(at)) {
      return false;
    }
    return until == null ? !place.context().status().equals("finished") : until.isAfter(at);
  }

  private static boolean isUntyped(Fact place) {
    return place.codes().stream().noneMatch(code -> code.system().equals(PHYSICAL_TYPE));
  }

  private static Optional<String> name(Fact place) {
    List<Code> names =
        place.codes().stream()
            .filter(code -> !code.equals(EncounterElements.LOCATION))
            .filter(code -> !code.system().equals(PHYSICAL_TYPE))
            .toList();
    return names.stream()
        .filter(code -> code.system().equals(References.SYSTEM))
        .findFirst()
        .or(() -> names.stream().findFirst())
        .map(code -> code.code().startsWith(REFERENCE) ? id(code) : code.code())
        .or(() -> Optional.ofNullable(place.display()))
        .map(name -> name.length() > LONGEST ? name.substring(0, LONGEST) : name);
  }

  private static String id(Code reference) {
    return reference.code().substring(REFERENCE.length());
  }
}
