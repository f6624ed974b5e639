package org.auscult.server.life;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.ValueText;
import org.auscult.feature.life.InWords;
import org.auscult.feature.life.InWords.Line;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.r4.model.ContactDetail;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * What a definition says, as a clinician would read it. Everything that somebody wrote is text here
 * and never markup; links are shown and not followed.
 */
public final class DefinitionPages {
  private static final int MOST_CODES = 50;

  /** What {@link InWords} has said already. */
  private static final Set<String> IN_WORDS =
      Set.of(
          FeatureUrls.OPERATOR,
          FeatureUrls.UNIT,
          FeatureUrls.VALUE_UNIT,
          FeatureUrls.LOOKBACK,
          FeatureUrls.SINCE_ENCOUNTER,
          FeatureUrls.SINCE_FEATURE,
          FeatureUrls.SINCE_CALENDAR,
          FeatureUrls.WINDOW_GAP,
          FeatureUrls.WINDOW_ENDS,
          FeatureUrls.PLAUSIBLE_RANGE,
          FeatureUrls.MISSING_DEFAULT,
          FeatureUrls.MISSING_CARRY,
          FeatureUrls.MISSING_REFUSE,
          FeatureUrls.NTH,
          FeatureUrls.RANGE,
          FeatureUrls.BASELINE,
          FeatureUrls.DISTINCT,
          FeatureUrls.ANCHOR,
          FeatureUrls.STATUS,
          FeatureUrls.CATEGORY,
          FeatureUrls.INTERPRETATION,
          FeatureUrls.ENCOUNTER_CLASS,
          FeatureUrls.DISPLAY,
          FeatureUrls.WITH_MODELS,
          FeatureUrls.TRUE_VALUES,
          FeatureUrls.FALSE_VALUES,
          FeatureUrls.TRUE_ABOVE,
          FeatureUrls.EXPANSION,
          FeatureUrls.EXPRESSION);

  private final FeatureDefinitions reader;
  private final StoredDefinitions stored;

  public DefinitionPages(FeatureDefinitions reader, StoredDefinitions stored) {
    this.reader = reader;
    this.stored = stored;
  }

  /** The part that follows from the definition alone, for its {@code text}. */
  Narrative narrative(Library library) {
    Narrative narrative = new Narrative();
    narrative.setStatus(Narrative.NarrativeStatus.GENERATED);
    narrative.setDivAsString(
        "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + itself(library) + "</div>");
    return narrative;
  }

  /** The whole page: also its versions, what it rests on and what uses it, as the store is now. */
  public String page(Library library, UsageGraph graph) {
    String canonical = library.getUrl() + "|" + library.getVersion();
    String title = text(title(library));
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>"
        + title
        + "</title></head>\n<body>"
        + "<h1>"
        + title
        + "</h1>"
        + itself(library)
        + "<h2>Versions</h2>"
        + versions(library)
        + "<h2>Rests on</h2>"
        + links(graph.restsOn(canonical))
        + "<h2>Used by</h2>"
        + links(graph.usedBy(canonical))
        + "</body></html>\n";
  }

  private static String title(Library library) {
    return library.hasTitle() ? library.getTitle() : String.valueOf(library.getName());
  }

  private String itself(Library library) {
    List<Line> lines = new ArrayList<>();
    add(lines, "Title", library.getTitle());
    add(lines, "Name", library.getName());
    add(lines, "Definition", library.getUrl() + "|" + library.getVersion());
    add(lines, "Meaning", library.getDescription());
    add(lines, "Purpose", library.getPurpose());
    add(lines, "Use", library.getUsage());
    if (FeatureDefinitions.isOne(library)
        && reader.read(library) instanceof Parsed.Accepted<FeatureDefinition> accepted) {
      lines.addAll(InWords.of(accepted.value()));
    }
    codes(library, lines);
    stated(library, FeatureUrls.EXPRESSION, "Formula", lines);
    stated(library, FeatureUrls.REFERENCE_RANGE, "Usual range", lines);
    artifacts(library, lines);
    library.getExtension().stream()
        .filter(e -> !IN_WORDS.contains(e.getUrl()))
        .filter(e -> !e.getUrl().equals(FeatureUrls.REFERENCE_RANGE))
        .filter(e -> !e.getUrl().equals(FeatureUrls.REVIEW))
        .forEach(e -> add(lines, "Also", part(e) + ": " + ValueText.of(e)));
    add(lines, "Owner", library.getPublisher());
    add(lines, "Steward", names(library.getEditor()));
    add(lines, "Author", names(library.getAuthor()));
    stated(library, FeatureUrls.REVIEW, "Reviewed", lines);
    return "<table>"
        + lines.stream()
            .map(
                line ->
                    "<tr><th>"
                        + text(line.label())
                        + "</th><td>"
                        + text(line.text())
                        + "</td></tr>")
            .collect(Collectors.joining())
        + "</table>";
  }

  private static void add(List<Line> lines, String label, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      lines.add(new Line(label, text));
    }
  }

  private static void codes(Library library, List<Line> lines) {
    for (var requirement : library.getDataRequirement()) {
      for (var filter : requirement.getCodeFilter()) {
        filter.getCode().stream()
            .limit(MOST_CODES)
            .forEach(code -> add(lines, "Code", ValueText.of(code)));
        if (filter.getCode().size() > MOST_CODES) {
          add(lines, "Code", "and " + (filter.getCode().size() - MOST_CODES) + " more");
        }
        add(lines, "Codes of", filter.getValueSet());
      }
    }
  }

  private static void stated(Library library, String url, String label, List<Line> lines) {
    library.getExtensionsByUrl(url).forEach(e -> add(lines, label, ValueText.of(e)));
  }

  private static void artifacts(Library library, List<Line> lines) {
    for (RelatedArtifact artifact : library.getRelatedArtifact()) {
      String text =
          List.of(
                  Objects.requireNonNullElse(artifact.getCitation(), ""),
                  Objects.requireNonNullElse(artifact.getDisplay(), ""),
                  Objects.requireNonNullElse(artifact.getUrl(), ""),
                  Objects.requireNonNullElse(artifact.getResource(), ""))
              .stream()
              .filter(s -> !s.isBlank())
              .collect(Collectors.joining(" "));
      add(lines, label(artifact.getType()), text);
    }
  }

  private static String label(@Nullable RelatedArtifactType type) {
    if (type == RelatedArtifactType.DEPENDSON) {
      return "Made of";
    }
    return type == RelatedArtifactType.COMPOSEDOF ? "Member" : "Source";
  }

  private static String names(List<ContactDetail> people) {
    return people.stream()
        .map(ContactDetail::getName)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  private static String part(Extension extension) {
    return extension.getUrl().substring(extension.getUrl().lastIndexOf('/') + 1);
  }

  private String versions(Library library) {
    return "<table>"
        + stored.libraries(library.getUrl()).stream()
            .sorted(Comparator.comparing(l -> String.valueOf(l.getVersion())))
            .map(
                l ->
                    row(
                        String.valueOf(l.getVersion()),
                        l.hasStatus() ? l.getStatus().toCode() : "",
                        l.hasDate() ? l.getDateElement().asStringValue() : ""))
            .collect(Collectors.joining())
        + "</table>";
  }

  private static String links(List<UsageGraph.Link> links) {
    if (links.isEmpty()) {
      return "<p>Nothing that is here.</p>";
    }
    return "<table>"
        + links.stream()
            .map(
                link ->
                    row(
                        link.kind(),
                        Objects.requireNonNullElse(link.title(), ""),
                        link.canonical(),
                        Objects.requireNonNullElse(link.status(), "")
                            + (link.isLive() ? ", live" : "")))
            .collect(Collectors.joining())
        + "</table>";
  }

  private static String row(String... cells) {
    StringBuilder row = new StringBuilder("<tr>");
    for (String cell : cells) {
      row.append("<td>").append(text(cell)).append("</td>");
    }
    return row.append("</tr>").toString();
  }

  /** As text: no markup, and no character that XML cannot hold. */
  private static String text(String given) {
    String legal =
        given
            .codePoints()
            .map(c -> isLegal(c) ? c : ' ')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return HtmlUtils.htmlEscape(legal, "UTF-8");
  }

  private static boolean isLegal(int c) {
    return c == '\n'
        || c == '\t'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || (c >= 0x10000 && c <= 0x10FFFF);
  }
}
