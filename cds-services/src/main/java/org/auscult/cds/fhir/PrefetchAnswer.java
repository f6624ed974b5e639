package org.auscult.cds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.feature.PrefetchTemplate;
import org.jspecify.annotations.Nullable;

/**
 * What stands under one key, by prefetch, by fetch, or in pages of both.
 *
 * @param template the one that the key answers; empty for a key that was not asked for
 * @param complete whether this is all there is
 * @param next where the next page stands; null if no page is known to follow, or if nothing more
 *     would make this complete
 * @param findings how much of it was no readable answer
 */
record PrefetchAnswer(
    String key,
    Optional<PrefetchTemplate> template,
    List<JsonNode> resources,
    boolean complete,
    @Nullable String next,
    int findings) {
  /** Severities that do not touch the answer's completeness. */
  private static final Set<String> HARMLESS = Set.of("information");

  private static final Pattern COUNT = Pattern.compile("[?&]_count=(\\d{1,9})(?:&|$)");

  /**
   * Reads the pages of one answer.
   *
   * @param pages in order, at least one; JSON's null says that there is nothing
   */
  static PrefetchAnswer read(String key, List<JsonNode> pages, Asked asked) {
    Optional<PrefetchTemplate> template = asked.template(key);
    JsonNode first = pages.get(0);
    String type = first.path("resourceType").asText();
    if (type.equals("Bundle")) {
      return bundles(key, pages, template, asked.harmless());
    }
    boolean more = pages.size() > 1;
    if (first.isNull()) {
      return new PrefetchAnswer(key, template, List.of(), !more, null, 0);
    }
    if (type.isEmpty() || type.equals("OperationOutcome")) {
      return new PrefetchAnswer(key, template, List.of(), false, null, 1);
    }
    boolean wasRead = template.isPresent() && !template.get().query().contains("?");
    return new PrefetchAnswer(key, template, List.of(first), wasRead && !more, null, 0);
  }

  PrefetchAnswer notComplete() {
    return new PrefetchAnswer(key, template, resources, false, next, findings);
  }

  private static PrefetchAnswer bundles(
      String key, List<JsonNode> pages, Optional<PrefetchTemplate> template, Set<String> harmless) {
    Pages read = new Pages(harmless);
    pages.forEach(read::take);
    Optional<String> next = Bundles.next(pages.get(pages.size() - 1));
    boolean sound = read.sound && read.findings == 0;
    boolean perhapsCut = pages.size() == 1 && !read.hasTotal && read.matches >= pageSize(template);
    return new PrefetchAnswer(
        key,
        template,
        read.resources,
        sound && next.isEmpty() && read.total <= read.matches && !perhapsCut,
        sound ? next.orElse(null) : null,
        read.findings);
  }

  /**
   * What {@code _count} asked for: as many resources on one page, without total and next link, may
   * be all or may be cut there.
   */
  private static int pageSize(Optional<PrefetchTemplate> template) {
    Matcher count = COUNT.matcher(template.map(PrefetchTemplate::query).orElse(""));
    return count.find() ? Integer.parseInt(count.group(1)) : Integer.MAX_VALUE;
  }

  /** What the pages of one search say together. */
  private static final class Pages {
    private final Set<String> harmless;
    private final List<JsonNode> resources = new ArrayList<>();
    private boolean sound = true;
    private int findings;
    private int matches;
    private int total;
    private boolean hasTotal;

    Pages(Set<String> harmless) {
      this.harmless = harmless;
    }

    void take(JsonNode bundle) {
      findings += bundle.path("resourceType").asText().equals("Bundle") ? 0 : 1;
      sound &= bundle.path("type").asText().equals("searchset");
      total = Math.max(total, bundle.path("total").asInt(0));
      hasTotal |= bundle.path("total").isIntegralNumber();
      JsonNode entries = bundle.path("entry");
      findings += entries.isMissingNode() || entries.isArray() ? 0 : 1;
      entries.forEach(this::takeEntry);
    }

    private void takeEntry(JsonNode entry) {
      JsonNode resource = entry.path("resource");
      if (resource.path("resourceType").asText().equals("OperationOutcome")) {
        findings += isHarmless(resource, harmless) ? 0 : 1;
      } else if (resource.isObject()) {
        resources.add(resource);
        matches += entry.path("search").path("mode").asText("match").equals("match") ? 1 : 0;
      } else {
        findings++;
      }
    }
  }

  private static boolean isHarmless(JsonNode outcome, Set<String> harmless) {
    for (JsonNode issue : outcome.path("issue")) {
      if (!HARMLESS.contains(issue.path("severity").asText()) && !isNamed(issue, harmless)) {
        return false;
      }
    }
    return !outcome.path("issue").isEmpty();
  }

  /** Errors are never harmless, whatever their code. */
  private static boolean isNamed(JsonNode issue, Set<String> harmless) {
    if (!issue.path("severity").asText().equals("warning")) {
      return false;
    }
    for (JsonNode coding : issue.path("details").path("coding")) {
      String code = coding.path("code").asText();
      if (harmless.contains(code)
          || harmless.contains(coding.path("system").asText() + "|" + code)) {
        return true;
      }
    }
    return false;
  }
}
