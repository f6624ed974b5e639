package org.auscult.server.feature;

import ca.uhn.fhir.context.support.IValidationSupport;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.auscult.feature.Translation;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.feature.TerminologyState.Stamp;
import org.auscult.terminology.fhir.Expansion;
import org.auscult.terminology.fhir.ValueSetExpander;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * The terminology in the store: ValueSets expanded, mappings read. What HL7 publishes with FHIR is
 * there without being stored. An expansion that is empty or not whole is no expansion (safety rule
 * 35).
 *
 * <p>Cache: what was made of the store, with the state of the store before it was made; it stands
 * while that state does, which is asked each time. A transaction that writes terminology takes
 * nothing from it and puts nothing into it.
 */
public final class StoredTerminology {
  private static final int MOST_CODES = 2_000_000;

  /** What HL7 publishes with FHIR; it is some megabytes, and not asked for other things. */
  private static final List<String> OF_HL7 =
      List.of("http://hl7.org/fhir/", "http://terminology.hl7.org/");

  private final StoredDefinitions definitions;
  private final IValidationSupport published;
  private final TerminologyState state;
  private final StoredMappings mappings;
  private final ValueSetExpander expander;
  private final Cache<String, Dated<Expansion>> expansions =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CODES)
          .weigher((String canonical, Dated<Expansion> dated) -> weight(dated.made()))
          .recordStats()
          .build();
  private final AtomicReference<@Nullable Dated<Translation>> translation = new AtomicReference<>();

  private record Dated<T>(Stamp stamp, T made) {}

  /**
   * @param published what comes with FHIR itself
   */
  StoredTerminology(
      StoredDefinitions definitions, IValidationSupport published, TerminologyState state) {
    this.definitions = definitions;
    this.published = published;
    this.state = state;
    this.mappings = new StoredMappings(definitions);
    this.expander = new ValueSetExpander(new Store());
  }

  /** The codes of a ValueSet by {@code url|version}; empty if it cannot be expanded wholly. */
  public Optional<Set<Code>> expand(String canonical) {
    return expansion(canonical) instanceof Expansion.Whole whole
        ? Optional.of(whole.codes())
        : Optional.empty();
  }

  /**
   * The same; none, and a problem with the reason, if it cannot be expanded.
   *
   * @param where the element that names it
   */
  Set<Code> expand(String where, String canonical, List<Problem> problems) {
    Expansion expansion = expansion(canonical);
    if (expansion instanceof Expansion.Impossible impossible) {
      problems.add(
          new Problem(
              where,
              "ValueSet " + canonical + " is not here, or cannot be expanded: " + impossible.why(),
              "Load it in this version, with its code system if it is not enumerated."));
      return Set.of();
    }
    return ((Expansion.Whole) expansion).codes();
  }

  /** The same, with the reason. */
  public Expansion expansion(String canonical) {
    if (TerminologyWrites.areUnderway()) {
      return expander.expand(canonical);
    }
    Stamp stamp = state.now();
    Dated<Expansion> known = expansions.getIfPresent(canonical);
    if (known != null && known.stamp().equals(stamp)) {
      return known.made();
    }
    Expansion made = expander.expand(canonical);
    expansions.put(canonical, new Dated<>(stamp, made));
    return made;
  }

  /** What this site's mappings say. */
  public Translation translation() {
    if (TerminologyWrites.areUnderway()) {
      return mappings.together();
    }
    Stamp stamp = state.now();
    Dated<Translation> known = translation.get();
    if (known != null && known.stamp().equals(stamp)) {
      return known.made();
    }
    Translation made = mappings.together();
    translation.set(new Dated<>(stamp, made));
    return made;
  }

  private static int weight(Expansion expansion) {
    return 1 + (expansion instanceof Expansion.Whole whole ? whole.codes().size() : 0);
  }

  private final class Store implements ValueSetExpander.Content {
    @Override
    public List<CodeSystem> codeSystems(String url, @Nullable String version) {
      List<CodeSystem> stored = definitions.codeSystems(url, version);
      return stored.isEmpty()
              && isOfHl7(url)
              && published.fetchCodeSystem(url) instanceof CodeSystem known
          ? ofVersion(known, known.getVersion(), version)
          : stored;
    }

    @Override
    public List<ValueSet> valueSets(String canonical) {
      List<ValueSet> stored = definitions.valueSets(canonical);
      int bar = canonical.indexOf('|');
      String url = bar < 0 ? canonical : canonical.substring(0, bar);
      return stored.isEmpty()
              && isOfHl7(url)
              && published.fetchValueSet(url) instanceof ValueSet known
          ? ofVersion(known, known.getVersion(), bar < 0 ? null : canonical.substring(bar + 1))
          : stored;
    }

    private static boolean isOfHl7(String url) {
      return OF_HL7.stream().anyMatch(url::startsWith);
    }

    private static <T> List<T> ofVersion(
        T known, @Nullable String version, @Nullable String asked) {
      return asked == null || Objects.equals(version, asked) ? List.of(known) : List.of();
    }
  }
}
