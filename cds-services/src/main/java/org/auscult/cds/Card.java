package org.auscult.cds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One card as it goes over the wire; what is empty is left out.
 *
 * <p>Source: CDS Hooks 2.0, "Card attributes".
 *
 * @param summary one sentence, shorter than 140 characters
 * @param detail GitHub-flavoured Markdown; patient text in it is escaped by who writes it
 * @param selectionBehavior set exactly when there are suggestions
 * @param extension by reverse-domain name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Card(
    UUID uuid,
    String summary,
    String detail,
    Indicator indicator,
    Source source,
    List<Suggestion> suggestions,
    @Nullable SelectionBehavior selectionBehavior,
    List<CdsCoding> overrideReasons,
    List<Link> links,
    Map<String, Object> extension) {
  /** A summary is shorter than this. */
  public static final int SUMMARY_LIMIT = 140;

  public Card {
    Objects.requireNonNull(uuid);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(indicator);
    Objects.requireNonNull(source);
    suggestions = List.copyOf(suggestions);
    overrideReasons = List.copyOf(overrideReasons);
    links = List.copyOf(links);
    extension = Map.copyOf(extension);
    if (summary.isBlank() || summary.codePointCount(0, summary.length()) >= SUMMARY_LIMIT) {
      throw new IllegalArgumentException("A summary has 1 to 139 characters");
    }
    if (suggestions.isEmpty() != (selectionBehavior == null)) {
      throw new IllegalArgumentException("Suggestions and a selection behaviour go together");
    }
    if (selectionBehavior == SelectionBehavior.AT_MOST_ONE
        && suggestions.stream().filter(s -> Boolean.TRUE.equals(s.isRecommended())).count() > 1) {
      throw new IllegalArgumentException("Of at most one suggestion, one may be recommended");
    }
  }

  /** How many suggestions a user may take. */
  public enum SelectionBehavior {
    AT_MOST_ONE,
    ANY;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How many actions of a suggestion a user may take (CDS Hooks 3.0 ballot). */
  public enum ActionSelectionBehavior {
    ANY,
    ALL;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Whose knowledge the card shows.
   *
   * @param icon absolute address of a PNG of 100 by 100 pixels
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Source(
      String label, @Nullable String url, @Nullable String icon, @Nullable CdsCoding topic) {
    public Source {
      Objects.requireNonNull(label);
      requireAbsolute(url);
      requireAbsolute(icon);
    }

    /** Without an icon: which one it is depends on who asks. */
    public Source(String label, @Nullable String url, @Nullable CdsCoding topic) {
      this(label, url, null, topic);
    }
  }

  /**
   * Something that the user may take over.
   *
   * @param actionSelectionBehavior null means all of its actions, as CDS Hooks 2.0 has it
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Suggestion(
      String label,
      UUID uuid,
      @Nullable Boolean isRecommended,
      @Nullable ActionSelectionBehavior actionSelectionBehavior,
      List<Action> actions) {
    public Suggestion {
      Objects.requireNonNull(label);
      Objects.requireNonNull(uuid);
      actions = List.copyOf(actions);
    }

    /** All of its actions, or none. */
    public Suggestion(
        String label, UUID uuid, @Nullable Boolean isRecommended, List<Action> actions) {
      this(label, uuid, isRecommended, null, actions);
    }
  }

  /**
   * One change of a suggestion.
   *
   * @param resource the whole FHIR resource for create and update; null for delete
   * @param resourceId such as {@code ServiceRequest/12}; for delete only
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Action(
      ActionType type,
      String description,
      @Nullable Map<String, Object> resource,
      @Nullable String resourceId) {
    public Action {
      Objects.requireNonNull(type);
      Objects.requireNonNull(description);
      if ((type == ActionType.DELETE) != (resource == null)
          || (type == ActionType.DELETE) != (resourceId != null)) {
        throw new IllegalArgumentException("create and update name a resource, delete an id");
      }
    }
  }

  /** What an action does. */
  public enum ActionType {
    CREATE,
    UPDATE,
    DELETE;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A link to a page or an app.
   *
   * @param appContext an opaque id, for {@code smart} only
   * @param autolaunchable whether the client may open it at once (CDS Hooks 3.0 ballot); null: no
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Link(
      String label,
      String url,
      LinkType type,
      @Nullable String appContext,
      @Nullable Boolean autolaunchable) {
    public Link {
      Objects.requireNonNull(label);
      Objects.requireNonNull(type);
      requireAbsolute(url);
      if (appContext != null && type != LinkType.SMART) {
        throw new IllegalArgumentException("Only a smart link carries appContext");
      }
    }

    /** Opened only by a user. */
    public Link(String label, String url, LinkType type, @Nullable String appContext) {
      this(label, url, type, appContext, null);
    }
  }

  /** Whether a link opens a page or launches an app. */
  public enum LinkType {
    ABSOLUTE,
    SMART;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static void requireAbsolute(@Nullable String url) {
    if (url != null && !URI.create(url).isAbsolute()) {
      throw new IllegalArgumentException("A url in a card is absolute: " + url);
    }
  }
}
