package org.auscult.audit.fhir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.jspecify.annotations.Nullable;

/**
 * What one request turned out to be about: filled while it is answered, and read when its answer is
 * about to leave. Stands as an attribute in the servlet request. Ids only.
 *
 * <p>Threads: safe; entries of a batch run side by side.
 */
public final class Touched {
  /** The attribute of a request that holds it. */
  public static final String ATTRIBUTE = "org.auscult.audit.touched";

  /** For each entity, the place of its patient in the leaf's list of patients, or {@code -}. */
  public static final String ENTITY_PATIENTS = "entityPatients";

  /** How many entities there were, where they are too many to be listed. */
  public static final String ENTITIES = "entityCount";

  private static final int MOST_ENTITIES = 20_000;
  private static final int LONGEST = 1_000;
  private static final int REPLACEMENT = 0xFFFD;

  private final Set<String> patients = new LinkedHashSet<>();
  private final Map<String, Set<String>> entities = new LinkedHashMap<>();
  private final Map<String, String> details = new TreeMap<>();
  private int passedOver;
  private @Nullable Interaction interaction;
  private @Nullable String searched;
  private @Nullable String request;
  private @Nullable AuditKind kind;

  /**
   * The interaction of a request.
   *
   * @param code of HAPI's operation type: {@code read}, {@code search-type}
   * @param type of the resource; null for the whole system
   * @param operation with its dollar sign; null if it is none
   */
  public record Interaction(String code, @Nullable String type, @Nullable String operation) {}

  /** What it is; the first that is told counts, since parts of a batch tell theirs later. */
  public synchronized void is(Interaction told) {
    if (interaction == null) {
      interaction = told;
    }
  }

  /** What it is; null if it was refused before that was known. */
  public synchronized @Nullable Interaction interaction() {
    return interaction;
  }

  /** What sort of event it turned out to be, where its interaction does not say so. */
  public synchronized void as(AuditKind sort) {
    kind = sort;
  }

  /** That sort; null for the one of its interaction. */
  public synchronized @Nullable AuditKind kind() {
    return kind;
  }

  /** The parameters of a search whose parameters stood in its body. */
  public synchronized void searchedBy(String parameters) {
    searched = parameters;
  }

  /** Those parameters; null if there were none. */
  public synchronized @Nullable String searchedBy() {
    return searched;
  }

  /** The request's id, as the answer's header says it. */
  public synchronized void requestId(String id) {
    request = text(id);
  }

  /** That id; null if nobody gave it one. */
  public synchronized @Nullable String requestId() {
    return request;
  }

  /** A patient whose data it is about. */
  public synchronized void patient(String id) {
    patients.add(text(id));
  }

  /**
   * A resource, by its reference, and the patients that it is about.
   *
   * @param reference with its version if it has one
   */
  public synchronized void entity(String reference, Set<String> about) {
    about.forEach(this::patient);
    int version = reference.indexOf("/_history/");
    if (version > 0) {
      entities.remove(text(reference.substring(0, version)));
    }
    if (entities.size() < MOST_ENTITIES) {
      entities
          .computeIfAbsent(text(reference), r -> new LinkedHashSet<>())
          .addAll(about.stream().map(Touched::text).toList());
    } else {
      passedOver++;
    }
  }

  /** Something else, by a name. */
  public synchronized void detail(String name, String value) {
    details.put(name, text(value));
  }

  /** Writes all of it into an entry. */
  public synchronized void into(AuditEntry.Builder entry) {
    List<String> listed = List.copyOf(patients);
    entry.patients(listed).entities(List.copyOf(entities.keySet()));
    details.forEach(entry::detail);
    if (listed.size() > 1 && !entities.isEmpty()) {
      entry.detail(ENTITY_PATIENTS, places(listed));
    }
    if (passedOver > 0) {
      entry.detail(ENTITIES, String.valueOf(entities.size() + passedOver));
    }
  }

  private String places(List<String> listed) {
    Map<String, String> place = new LinkedHashMap<>();
    for (String patient : listed) {
      place.put(patient, String.valueOf(place.size()));
    }
    List<String> places = new ArrayList<>();
    for (Set<String> about : entities.values()) {
      places.add(
          about.isEmpty() ? "-" : about.stream().map(place::get).collect(Collectors.joining(",")));
    }
    return String.join(" ", places);
  }

  /**
   * At most a thousand characters; no control characters, which have no place in an id, and no half
   * of a surrogate pair, which no leaf takes.
   */
  public static String text(String given) {
    String cut = given.length() > LONGEST ? given.substring(0, LONGEST) : given;
    StringBuilder whole = new StringBuilder(cut.length());
    cut.codePoints().map(c -> isOdd(c) ? REPLACEMENT : c).forEach(whole::appendCodePoint);
    return whole.toString();
  }

  private static boolean isOdd(int c) {
    return Character.isISOControl(c)
        || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
