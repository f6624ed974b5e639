package org.auscult.server.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.fhir.Touched;
import org.jspecify.annotations.Nullable;

/**
 * The events of one leaf: one for each patient, or one without; and where a hook call had models
 * speak, one more that says so. An event names what was touched of its own patient, and nothing of
 * another's.
 */
record LeafEvents(AuditEntry entry) {
  /**
   * One event.
   *
   * @param number within its leaf, from 0
   * @param patient as the leaf names it; null if it is of nobody
   */
  record Event(int number, AuditShape shape, @Nullable String patient, List<String> entities) {
    /** Its kind: the leaf's, but where a model spoke within a hook call. */
    AuditKind kind(AuditEntry entry) {
      return shape == AuditShape.INFERENCE ? AuditKind.INFERENCE : entry.kind();
    }
  }

  List<Event> all() {
    List<Event> events = new ArrayList<>();
    AuditShape shape = AuditShape.of(entry);
    if (entry.patients().isEmpty()) {
      events.add(new Event(0, shape, null, entry.entities()));
    }
    for (int i = 0; i < entry.patients().size(); i++) {
      events.add(new Event(i, shape, entry.patients().get(i), entitiesOf(i)));
    }
    boolean modelsSpoke =
        entry.kind() == AuditKind.HOOK_CALL && entry.details().containsKey(HookLeaves.MODELS);
    if (modelsSpoke) {
      String patient = entry.patients().isEmpty() ? null : entry.patients().get(0);
      events.add(new Event(events.size(), AuditShape.INFERENCE, patient, List.of()));
    }
    return events;
  }

  private List<String> entitiesOf(int patient) {
    String places = entry.details().get(Touched.ENTITY_PATIENTS);
    if (entry.patients().size() == 1) {
      return entry.entities();
    }
    if (places == null) {
      return List.of();
    }
    List<String> of = new ArrayList<>();
    String[] each = places.split(" ");
    for (int i = 0; i < each.length && i < entry.entities().size(); i++) {
      Set<String> about = new LinkedHashSet<>(List.of(each[i].split(",")));
      if (about.contains(String.valueOf(patient)) || about.contains("-")) {
        of.add(entry.entities().get(i));
      }
    }
    return of;
  }
}
