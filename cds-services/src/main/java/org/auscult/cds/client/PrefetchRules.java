package org.auscult.cds.client;

import static java.util.stream.Collectors.toSet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.auscult.cds.fhir.Asked;
import org.auscult.feature.PrefetchTemplate;
import org.auscult.timeline.ResourceKind;

/**
 * How a client is asked for data, where it cannot take our queries as they are. Queries of one type
 * of resource are numbered ({@code observation}, {@code observation-2}, …), and only all of them
 * together count as complete.
 *
 * @param codesPerQuery at the most; 0 for as many as fit into an address
 * @param include whether the client follows {@code _include}
 * @param count {@code _count} of each search; 0 for none. It is the size of a page, not a limit:
 *     over several codes it would limit all of them together
 * @param relativeDates whether it knows FHIRPath's {@code today()} in a template (3.0)
 * @param templates by key ({@code observation}), the queries that replace ours
 * @param harmlessOutcomes codes of warnings among its answers, {@code code} or {@code system|code},
 *     that leave an answer complete: such as "no results"
 */
public record PrefetchRules(
    int codesPerQuery,
    boolean include,
    int count,
    boolean relativeDates,
    Map<String, List<String>> templates,
    Set<String> harmlessOutcomes)
    implements UnaryOperator<Asked> {
  /** Our queries as they are. */
  public static final PrefetchRules AS_ASKED =
      new PrefetchRules(0, true, 0, false, Map.of(), Set.of());

  private static final int LEAST_COUNT = 10;
  private static final int MOST_COUNT = 10_000;
  private static final Set<String> CODE_PARAMETERS = Set.of("code", "vaccine-code");

  /** Search parameters that leave nothing out. */
  private static final Set<String> HARMLESS =
      Set.of("patient", "subject", "_id", "_include", "_count", "_sort", "_format");

  private static final Pattern TOKEN = Pattern.compile("\\{\\{([^{}]*)}}");
  private static final Pattern CONTEXT = Pattern.compile("\\s*context\\.\\w+\\s*");
  private static final Pattern INCLUDE = Pattern.compile("&_include=[^&]*");

  /**
   * @throws IllegalArgumentException if a value makes no sense; the text says which
   */
  public PrefetchRules {
    if (codesPerQuery < 0 || codesPerQuery > 1000) {
      throw new IllegalArgumentException(
          "prefetch.codes-per-query is " + codesPerQuery + "; it takes 0 to 1000");
    }
    if (count != 0 && (count < LEAST_COUNT || count > MOST_COUNT)) {
      throw new IllegalArgumentException(
          "prefetch.count is "
              + count
              + "; it takes 0, or a page of "
              + LEAST_COUNT
              + " to "
              + MOST_COUNT);
    }
    Map<String, List<String>> copied = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> entry : templates.entrySet()) {
      String at = "prefetch.templates." + entry.getKey();
      ResourceKind kind =
          kind(entry.getKey())
              .orElseThrow(() -> new IllegalArgumentException(at + " is no key of ours"));
      if (entry.getValue().isEmpty()) {
        throw new IllegalArgumentException(at + " has no query");
      }
      for (String query : entry.getValue()) {
        requireSound(at, kind, query, relativeDates);
      }
      copied.put(entry.getKey(), List.copyOf(entry.getValue()));
    }
    templates = Map.copyOf(copied);
    harmlessOutcomes = Set.copyOf(harmlessOutcomes);
  }

  private static Optional<ResourceKind> kind(String key) {
    return Arrays.stream(ResourceKind.values()).filter(k -> key(k).equals(key)).findFirst();
  }

  private static String key(ResourceKind kind) {
    String type = kind.fhirType();
    return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
  }

  private static void requireSound(
      String at, ResourceKind kind, String query, boolean relativeDates) {
    String type = kind.fhirType();
    boolean read = query.equals(type + "/{{context.patientId}}");
    boolean search = query.startsWith(type + "?") && query.contains("{{context.patientId}}");
    if (!(read || search) || query.matches(".*[\\s#].*") && !query.contains("today()")) {
      throw new IllegalArgumentException(
          at + " must be a search such as " + type + "?patient={{context.patientId}}");
    }
    Matcher tokens = TOKEN.matcher(query);
    while (tokens.find()) {
      boolean date = RelativeDate.parse(tokens.group(1)).isPresent();
      if (!CONTEXT.matcher(tokens.group(1)).matches() && !(date && relativeDates)) {
        throw new IllegalArgumentException(
            at
                + (date
                    ? " needs prefetch.relative-dates, because CDS Hooks 2.0 has no today()"
                    : " holds a token that is neither context.… nor today()"));
      }
    }
  }

  /** Our queries in this client's words. */
  @Override
  public Asked apply(Asked asked) {
    Map<ResourceKind, List<String>> ours = new LinkedHashMap<>();
    asked
        .templates()
        .forEach(t -> ours.computeIfAbsent(t.kind(), k -> new ArrayList<>()).add(t.query()));
    List<PrefetchTemplate> rephrased = new ArrayList<>();
    Set<String> narrow = new HashSet<>();
    ours.forEach(
        (kind, queries) -> {
          List<String> replaced = templates.get(key(kind));
          List<String> theirs =
              replaced == null ? queries.stream().flatMap(this::rephrased).toList() : replaced;
          boolean isNarrow = replaced != null && isNarrow(queries, replaced);
          for (int i = 0; i < theirs.size(); i++) {
            String key = i == 0 ? key(kind) : key(kind) + "-" + (i + 1);
            rephrased.add(new PrefetchTemplate(key, kind, theirs.get(i)));
            if (isNarrow) {
              narrow.add(key);
            }
          }
        });
    return asked.rephrased(rephrased, narrow, harmlessOutcomes);
  }

  private Stream<String> rephrased(String query) {
    if (!query.contains("?")) {
      return Stream.of(query);
    }
    String plain = include ? query : INCLUDE.matcher(query).replaceAll("");
    String counted = count == 0 ? plain : plain + "&_count=" + count;
    Matcher codes = Pattern.compile("(&(?:code|vaccine-code)=)([^&]*)").matcher(counted);
    if (codesPerQuery == 0 || !codes.find()) {
      return Stream.of(counted);
    }
    List<String> tokens = List.of(codes.group(2).split(",", -1));
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i += codesPerQuery) {
      parts.add(
          counted.substring(0, codes.start(2))
              + String.join(",", tokens.subList(i, Math.min(i + codesPerQuery, tokens.size())))
              + counted.substring(codes.end(2)));
    }
    return parts.stream();
  }

  /** Whether replaced queries could leave out what ours would have found. */
  private static boolean isNarrow(List<String> ours, List<String> theirs) {
    for (String query : theirs) {
      for (Map.Entry<String, List<String>> parameter : parameters(query).entrySet()) {
        boolean coded = CODE_PARAMETERS.contains(parameter.getKey());
        if (!(coded || HARMLESS.contains(parameter.getKey())) || parameter.getValue().size() > 1) {
          return true;
        }
      }
    }
    if (theirs.stream().anyMatch(q -> codes(q).isEmpty())) {
      return false;
    }
    Set<String> found = theirs.stream().flatMap(q -> codes(q).stream()).collect(toSet());
    return ours.stream()
        .anyMatch(
            q ->
                codes(q).isEmpty()
                    || codes(q).stream()
                        .anyMatch(
                            c ->
                                !found.contains(c)
                                    && !found.contains(c.substring(c.indexOf('|') + 1))));
  }

  private static Set<String> codes(String query) {
    return parameters(query).entrySet().stream()
        .filter(e -> CODE_PARAMETERS.contains(e.getKey()))
        .flatMap(e -> e.getValue().stream())
        .flatMap(value -> Stream.of(value.split(",")))
        .map(token -> URLDecoder.decode(token, StandardCharsets.UTF_8))
        .collect(toSet());
  }

  private static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    int start = query.indexOf('?');
    if (start >= 0) {
      for (String pair : query.substring(start + 1).split("&")) {
        String[] parts = pair.split("=", 2);
        parameters
            .computeIfAbsent(parts[0], k -> new ArrayList<>())
            .add(parts.length > 1 ? parts[1] : "");
      }
    }
    return parameters;
  }
}
