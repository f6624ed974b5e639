package org.auscult.access;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a patient's consent, and the exceptions from it. It says something of what meets all of
 * its conditions; a condition that is empty is met by all.
 *
 * @param verdict null: what it is an exception from says it, or nobody
 * @param from first instant; null for no first
 * @param until first instant after the last; null for no last
 * @param actors references of persons, organizations and groups of persons whom it concerns
 * @param purposes codes of v3-PurposeOfUse
 * @param types FHIR types
 * @param codes {@code system|code} of what it is about
 * @param labels codes of security labels
 * @param data references of single resources
 * @param isVague whether it has a condition that cannot be judged here: then it denies as if that
 *     was met, and permits nothing
 */
public record Provision(
    @Nullable Verdict verdict,
    @Nullable Instant from,
    @Nullable Instant until,
    Set<String> actors,
    Set<String> purposes,
    Set<String> types,
    Set<String> codes,
    Set<String> labels,
    Set<String> data,
    boolean isVague,
    List<Provision> exceptions) {

  /** What a rule says. */
  public enum Verdict {
    PERMIT,
    DENY
  }

  /**
   * Who asks, why and when.
   *
   * @param actors references of the user, of the sites, and of groups that have one of them as a
   *     member
   * @param strangers references of groups that have certainly none of them as a member; of any
   *     other group nobody knows
   */
  public record Who(Set<String> actors, Set<String> strangers, String purpose, Instant now) {
    public Who {
      actors = Set.copyOf(actors);
      strangers = Set.copyOf(strangers);
    }

    /** Somebody of whom it is not known what groups there are. */
    public Who(Set<String> actors, String purpose, Instant now) {
      this(actors, Set.of(), purpose, now);
    }
  }

  /** Whether somebody is one of those whom a rule concerns. */
  private enum Fit {
    YES,
    /** Perhaps a member of a group: a denial counts, a permission does not. */
    PERHAPS,
    NO
  }

  /**
   * What is asked for.
   *
   * @param references of itself and of what it refers to, {@code Type/id}
   * @param codes of all of it, {@code system|code}
   * @param kinds of these, those that say what it is; the others are details in it
   */
  public record What(
      String type,
      Set<String> references,
      Set<String> codes,
      Set<String> kinds,
      Set<String> labels) {
    public What {
      references = Set.copyOf(references);
      codes = Set.copyOf(codes);
      kinds = Set.copyOf(kinds);
      labels = Set.copyOf(labels);
    }
  }

  /**
   * What a consent says of something.
   *
   * @param labels that the rule names, or one that it is an exception from
   */
  public record Ruling(Verdict verdict, Set<String> labels) {
    public Ruling {
      labels = Set.copyOf(labels);
    }
  }

  public Provision {
    actors = Set.copyOf(actors);
    purposes = Set.copyOf(purposes);
    types = Set.copyOf(types);
    codes = Set.copyOf(codes);
    labels = Set.copyOf(labels);
    data = Set.copyOf(data);
    exceptions = List.copyOf(exceptions);
  }

  /** The same rule for some purposes of use alone. */
  public Provision under(Set<String> only) {
    return new Provision(
        verdict, from, until, actors, only, types, codes, labels, data, isVague, exceptions);
  }

  /** Whether an actor stands for its members. */
  private static boolean isGroup(String actor) {
    return actor.startsWith("CareTeam/") || actor.startsWith("Group/");
  }

  /** The groups that it names, and its exceptions. */
  public Stream<String> groups() {
    return Stream.concat(
        actors.stream().filter(Provision::isGroup), exceptions.stream().flatMap(Provision::groups));
  }

  /** What it says; empty if nothing. Of exceptions that contradict each other, the denial holds. */
  public Optional<Ruling> ruling(Who who, What what) {
    return ruling(who, what, new Above(null, Set.of(), false));
  }

  /** What the rules say from which this one is an exception. */
  private record Above(@Nullable Verdict verdict, Set<String> labels, boolean isVague) {}

  private Optional<Ruling> ruling(Who who, What what, Above above) {
    Verdict own = verdict == null ? above.verdict() : verdict;
    Fit fit = fit(who);
    if (fit == Fit.NO || !isAbout(what, own)) {
      return Optional.empty();
    }
    Set<String> named = new HashSet<>(above.labels());
    named.addAll(labels);
    Above here = new Above(own, named, isVague || above.isVague() || fit == Fit.PERHAPS);
    List<Ruling> special =
        exceptions.stream().flatMap(e -> e.ruling(who, what, here).stream()).toList();
    Optional<Ruling> denied = special.stream().filter(r -> r.verdict() == Verdict.DENY).findFirst();
    if (denied.isPresent()) {
      return denied;
    }
    if (!special.isEmpty()) {
      return Optional.of(special.get(0));
    }
    return own == null || (own == Verdict.PERMIT && here.isVague())
        ? Optional.empty()
        : Optional.of(new Ruling(own, named));
  }

  /** Whether it may deny this person something, whatever it is. */
  public boolean mayDeny(Who who) {
    return fit(who) != Fit.NO
        && (exceptions.stream().anyMatch(e -> e.mayDeny(who))
            || (verdict == Verdict.DENY && exceptions.stream().noneMatch(e -> e.permitsAll(who))));
  }

  private boolean permitsAll(Who who) {
    boolean isOfAll = types.isEmpty() && codes.isEmpty() && labels.isEmpty() && data.isEmpty();
    return verdict == Verdict.PERMIT
        && isOfAll
        && !isVague
        && fit(who) == Fit.YES
        && exceptions.stream().noneMatch(e -> e.mayDeny(who));
  }

  private Fit fit(Who who) {
    boolean holds =
        (from == null || !who.now().isBefore(from))
            && (until == null || who.now().isBefore(until))
            && (purposes.isEmpty() || purposes.contains(who.purpose()));
    if (!holds) {
      return Fit.NO;
    }
    if (meets(actors, who.actors())) {
      return Fit.YES;
    }
    return actors.stream().anyMatch(actor -> isGroup(actor) && !who.strangers().contains(actor))
        ? Fit.PERHAPS
        : Fit.NO;
  }

  /** To permit, a code must say what something is; to deny, it is enough that it stands in it. */
  private boolean isAbout(What what, @Nullable Verdict own) {
    return (types.isEmpty() || types.contains(what.type()))
        && meets(codes, own == Verdict.PERMIT ? what.kinds() : what.codes())
        && meets(labels, what.labels())
        && meets(data, what.references());
  }

  private static boolean meets(Set<String> condition, Collection<String> given) {
    return condition.isEmpty() || given.stream().anyMatch(condition::contains);
  }
}
