package org.auscult.feature;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.ReferenceFlag;
import org.jspecify.annotations.Nullable;

/**
 * Which of the facts with the right code a feature reads. An empty set does not restrict.
 *
 * @param categories the first category's code: {@code laboratory}
 * @param interpretations the first interpretation's code: {@code H}, {@code LL}
 * @param encounterClasses class of the encounter that the fact belongs to; a fact without a known
 *     encounter is none of them
 * @param displays words, any of which the code's text must hold, in whatever case
 * @param flags how a measurement stands to what is usual; what is critically low is low, too. The
 *     operator {@code flagged} does not leave out by them: they are what it asks
 * @param locations where the patient was, by the encounter that the fact belongs to, when the fact
 *     began
 * @param context that the record says, or a rule infers; null for whatever context
 */
public record Filter(
    Set<String> categories,
    Set<String> interpretations,
    Set<Code> encounterClasses,
    List<String> displays,
    Set<ReferenceFlag> flags,
    Set<Code> locations,
    How how,
    @Nullable InContext context) {
  /**
   * A context, and the rule that infers it where the record says nothing of it.
   *
   * @param rule canonical with version ({@code url|version})
   */
  public record InContext(Code code, String rule) {
    public InContext {
      Objects.requireNonNull(code);
      Objects.requireNonNull(rule);
    }
  }

  /**
   * By whom, where on the body, how and with what.
   *
   * @param performers references or identifiers of who did it
   * @param devices references, identifiers or types
   */
  public record How(
      Set<Code> performers, Set<Code> bodySites, Set<Code> methods, Set<Code> devices) {
    /** However it was done. */
    public static final How ANY = new How(Set.of(), Set.of(), Set.of(), Set.of());

    public How {
      performers = Set.copyOf(performers);
      bodySites = Set.copyOf(bodySites);
      methods = Set.copyOf(methods);
      devices = Set.copyOf(devices);
    }
  }

  /** Lets all facts pass. */
  public static final Filter ALL = new Filter(Set.of(), Set.of(), Set.of(), List.of());

  public Filter {
    categories = Set.copyOf(categories);
    interpretations = Set.copyOf(interpretations);
    encounterClasses = Set.copyOf(encounterClasses);
    displays = List.copyOf(displays);
    flags = Set.copyOf(flags);
    locations = Set.copyOf(locations);
    if (displays.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("A word to look for is blank");
    }
  }

  /** Of whatever flag, place, circumstances and context. */
  public Filter(
      Set<String> categories,
      Set<String> interpretations,
      Set<Code> encounterClasses,
      List<String> displays) {
    this(
        categories, interpretations, encounterClasses, displays, Set.of(), Set.of(), How.ANY, null);
  }

  public Filter withFlags(Set<ReferenceFlag> newFlags) {
    return new Filter(
        categories, interpretations, encounterClasses, displays, newFlags, locations, how, context);
  }

  public Filter withLocations(Set<Code> newLocations) {
    return new Filter(
        categories, interpretations, encounterClasses, displays, flags, newLocations, how, context);
  }

  public Filter withHow(How newHow) {
    return new Filter(
        categories, interpretations, encounterClasses, displays, flags, locations, newHow, context);
  }

  public Filter withContext(@Nullable InContext newContext) {
    return new Filter(
        categories, interpretations, encounterClasses, displays, flags, locations, how, newContext);
  }

  /** Whether it depends on what the record says of encounters. */
  boolean asksEncounters() {
    return !encounterClasses.isEmpty() || !locations.isEmpty();
  }

  /** The same with each set of codes changed. */
  Filter withCodes(UnaryOperator<Set<Code>> change) {
    return new Filter(
        categories,
        interpretations,
        change.apply(encounterClasses),
        displays,
        flags,
        change.apply(locations),
        new How(
            change.apply(how.performers()),
            change.apply(how.bodySites()),
            change.apply(how.methods()),
            change.apply(how.devices())),
        context);
  }

  /** All codes that it asks for. */
  Set<Code> codes() {
    Set<Code> all = new HashSet<>(encounterClasses);
    Stream.of(locations, how.performers(), how.bodySites(), how.methods(), how.devices())
        .forEach(all::addAll);
    return all;
  }

  /**
   * Whether a fact passes, but for its context, which hangs on other facts.
   *
   * @param encounter the class codes of the fact's encounter; empty if unknown
   * @param places the codes of where the patient was; empty if unknown
   */
  boolean passes(Fact fact, Set<Code> encounter, Set<Code> places) {
    return isOf(categories, fact.context().category())
        && isOf(interpretations, fact.context().interpretation())
        && isAnyOf(encounterClasses, encounter)
        && (displays.isEmpty() || isNamed(fact.display()))
        && (flags.isEmpty() || isFlagged(fact))
        && isAnyOf(locations, places)
        && (how.equals(How.ANY) || isDoneSo(fact));
  }

  /** Whether it bears one of the flags, or one that is also one of them. */
  boolean isFlagged(Fact fact) {
    ReferenceFlag flag = fact.context().flag();
    return flag != null && flags.stream().anyMatch(flag::is);
  }

  private boolean isDoneSo(Fact fact) {
    var circumstances = fact.context().circumstances();
    return isAnyOf(how.performers, circumstances.performers())
        && isAnyOf(how.bodySites, circumstances.bodySites())
        && isAnyOf(how.methods, circumstances.methods())
        && isAnyOf(how.devices, circumstances.devices());
  }

  private static boolean isAnyOf(Set<Code> wanted, Collection<Code> found) {
    return wanted.isEmpty() || !Collections.disjoint(wanted, found);
  }

  private static boolean isOf(Set<String> wanted, @Nullable String found) {
    return wanted.isEmpty() || (found != null && wanted.contains(found));
  }

  private boolean isNamed(@Nullable String display) {
    if (display == null) {
      return false;
    }
    String text = display.toLowerCase(Locale.ROOT);
    return displays.stream().anyMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
  }
}
