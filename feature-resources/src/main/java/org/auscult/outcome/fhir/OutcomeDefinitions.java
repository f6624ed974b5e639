package org.auscult.outcome.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.feature.Lookback;
import org.auscult.feature.fhir.Extensions;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problems;
import org.auscult.feature.fhir.Profiles;
import org.auscult.outcome.EventRule;
import org.auscult.outcome.FollowUp;
import org.auscult.outcome.Horizon;
import org.auscult.outcome.OutcomeDefinition;
import org.auscult.outcome.Washout;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.Library;
import org.jspecify.annotations.Nullable;

/** Reads outcome definitions from Libraries, and says everything that is wrong with one. */
public final class OutcomeDefinitions {
  /** Extensions that name features. */
  private static final List<String> FEATURES =
      List.of(
          OutcomeUrls.EXCLUSION,
          OutcomeUrls.REQUIREMENT,
          OutcomeUrls.COMPETING,
          OutcomeUrls.FOLLOW_UP_FEATURE);

  private final FeatureDefinitions features;

  /**
   * @param features reads which facts are the event
   */
  public OutcomeDefinitions(FeatureDefinitions features) {
    this.features = features;
  }

  /** Whether a Library claims to be an outcome definition. */
  public static boolean isOne(Library library) {
    return Profiles.claims(library, OutcomeUrls.OUTCOME_DEFINITION);
  }

  /** Every feature on which it rests, by canonical, also of one that cannot be read as a whole. */
  public static List<String> features(Library library) {
    List<String> all = new ArrayList<>(FeatureDefinitions.inputs(plain(library)));
    all.addAll(named(library));
    return all.stream().distinct().toList();
  }

  /** The same without those of which its expression is made. */
  public static List<String> named(Library library) {
    Library plain = plain(library);
    return FEATURES.stream()
        .flatMap(url -> plain.getExtensionsByUrl(url).stream())
        .map(extension -> extension.hasValue() ? extension.getValue().primitiveValue() : null)
        .flatMap(Stream::ofNullable)
        .filter(Problems::isPinned)
        .distinct()
        .toList();
  }

  /** The definition, or all of its problems. */
  public Parsed<OutcomeDefinition> read(Library library) {
    return parsed(plain(library));
  }

  private static Library plain(Library library) {
    return library instanceof OutcomeDefinitionLibrary typed ? typed.toPlain() : library;
  }

  private Parsed<OutcomeDefinition> parsed(Library library) {
    Problems problems = new Problems();
    Extensions extensions = new Extensions(library, problems);
    String url = problems.url("Library.url", library.getUrl());
    String version =
        problems.required("Library.version", library.getVersion(), "a version such as 1.0.0");
    String name =
        problems.required("Library.name", library.getName(), "a name such as systolic_bp");
    if (!library.hasStatus()) {
      problems.add("Library.status", "there is no status", "Say draft, active or retired.");
    }
    EventRule event = new EventReading(library, extensions, features).read(problems);
    Horizon horizon = new HorizonReading(extensions).read();
    Washout washout = washout(extensions);
    checkDeath(event, extensions);
    List<String> exclusions = canonicals(extensions, OutcomeUrls.EXCLUSION);
    List<String> requirements = canonicals(extensions, OutcomeUrls.REQUIREMENT);
    List<String> competing = canonicals(extensions, OutcomeUrls.COMPETING);
    FollowUp followUp = followUp(extensions);
    if (!problems.isEmpty() || event == null || horizon == null) {
      return new Parsed.Refused<>(problems.all());
    }
    return new Parsed.Accepted<>(
        new OutcomeDefinition(
            url,
            version,
            name,
            library.hasTitle() ? library.getTitle() : name,
            event,
            horizon,
            washout,
            exclusions,
            requirements,
            competing,
            followUp));
  }

  private static @Nullable Washout washout(Extensions extensions) {
    Lookback length = extensions.duration(OutcomeUrls.WASHOUT);
    boolean isFirstEver = extensions.truth(OutcomeUrls.FIRST_EVER);
    if (isFirstEver && extensions.has(OutcomeUrls.WASHOUT)) {
      extensions.problem(
          OutcomeUrls.WASHOUT, "whoever ever had it is left out already", "Keep one of the two.");
    }
    if (isFirstEver) {
      return new Washout(null);
    }
    return length == null ? null : new Washout(length);
  }

  private static void checkDeath(@Nullable EventRule event, Extensions extensions) {
    if (!(event instanceof EventRule.Death)) {
      return;
    }
    for (String url : List.of(OutcomeUrls.WASHOUT, OutcomeUrls.FIRST_EVER, OutcomeUrls.BLANKING)) {
      if (extensions.has(url)) {
        extensions.problem(url, "nobody dies twice, and no death is passed over", "Remove it.");
      }
    }
  }

  private static List<String> canonicals(Extensions extensions, String url) {
    List<String> canonicals = new ArrayList<>();
    for (String canonical : extensions.texts(url)) {
      if (!Problems.isPinned(canonical)) {
        extensions.problem(
            url,
            "feature " + canonical + " is not pinned to a version",
            "Write url|version, so that a change of the feature is a change of the outcome.");
      }
      canonicals.add(canonical);
    }
    return canonicals;
  }

  /** By any encounter, unless it names encounters or features. */
  private static FollowUp followUp(Extensions extensions) {
    Set<Code> classes = extensions.codings(OutcomeUrls.FOLLOW_UP_ENCOUNTER);
    List<String> named = canonicals(extensions, OutcomeUrls.FOLLOW_UP_FEATURE);
    Lookback tolerance = extensions.duration(OutcomeUrls.FOLLOW_UP_TOLERANCE);
    boolean isNamed = !classes.isEmpty() || !named.isEmpty();
    return new FollowUp(isNamed ? classes : FollowUp.ANY_ENCOUNTER, named, tolerance);
  }
}
