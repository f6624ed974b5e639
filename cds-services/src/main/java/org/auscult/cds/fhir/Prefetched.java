package org.auscult.cds.fhir;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.cds.LocalPatients.Identity;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.Fact;
import org.auscult.timeline.ResourceKind;

/**
 * What a caller sent along, read.
 *
 * @param facts of the caller's patient, known since the call
 * @param complete the kinds of which every template was answered in full: only there may absence be
 *     read as false (safety rule 4)
 * @param missingKeys templates that were not answered at all
 * @param wanted the keys that are not complete, and how the rest of each is had
 * @param otherPatient where resources of another patient stand; not empty rejects the call
 * @param withheld what must count as missing, because something of it could not be read
 * @param findings how many resources or answers could not be read
 * @param labels of special protection that resources bear, by reference without version
 * @param identity of the patient as the caller states it; empty if it does not say enough
 */
public record Prefetched(
    List<Fact> facts,
    Set<ResourceKind> complete,
    List<String> missingKeys,
    List<Wanted> wanted,
    List<String> otherPatient,
    List<Withheld> withheld,
    int findings,
    Map<String, Set<String>> labels,
    Optional<Identity> identity) {
  public Prefetched {
    facts = List.copyOf(facts);
    complete = Set.copyOf(complete);
    missingKeys = List.copyOf(missingKeys);
    wanted = List.copyOf(wanted);
    otherPatient = List.copyOf(otherPatient);
    withheld = List.copyOf(withheld);
    labels = Map.copyOf(labels);
    Objects.requireNonNull(identity);
  }

  /** Facts of a kind with one of these codes; with no codes, all of that kind. */
  public record Withheld(ResourceKind kind, Set<Code> codes) {
    public Withheld {
      Objects.requireNonNull(kind);
      codes = Set.copyOf(codes);
    }

    /** Whether a fact must count as missing. */
    public boolean covers(Fact fact) {
      return fact.source().kind() == kind
          && (codes.isEmpty() || CodeFamilies.holdsAny(codes, fact.codes()));
    }
  }
}
