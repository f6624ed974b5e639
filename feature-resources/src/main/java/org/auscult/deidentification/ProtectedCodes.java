package org.auscult.deidentification;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Codes of conditions under special protection (safety rule 34), as a site lists them: {@code
 * system|code}, or {@code system|start*} for all codes that start so; after it, if it is known, the
 * topic: {@code substance-use}, {@code hiv} or {@code psychiatry}.
 */
public final class ProtectedCodes {
  /** No code is protected. */
  public static final ProtectedCodes NONE = new ProtectedCodes(Map.of(), Map.of());

  private static final Pattern LINE =
      Pattern.compile("(?<code>[^|\\s]+\\|[^|\\s]+)(?:\\s+(?<topic>[a-z][a-z-]*))?");

  /** Topics by code, and by the beginning of codes; empty for none. */
  private final Map<String, String> whole;

  private final Map<String, String> starts;

  private ProtectedCodes(Map<String, String> whole, Map<String, String> starts) {
    this.whole = Map.copyOf(whole);
    this.starts = Map.copyOf(starts);
  }

  /**
   * Reads a list; lines that are empty or begin with # are passed over.
   *
   * @throws IllegalArgumentException if a line names no system and code
   */
  public static ProtectedCodes parse(List<String> lines) {
    Map<String, String> whole = new HashMap<>();
    Map<String, String> starts = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).trim();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new IllegalArgumentException("Line " + (i + 1) + " is not system|code");
      }
      String code = parts.group("code");
      String topic = Optional.ofNullable(parts.group("topic")).orElse("");
      if (code.endsWith("*")) {
        starts.put(code.substring(0, code.length() - 1), topic);
      } else {
        whole.put(code, topic);
      }
    }
    return new ProtectedCodes(whole, starts);
  }

  /** Whether a code is in the list. */
  public boolean contains(String system, String code) {
    return topic(system, code).isPresent();
  }

  /**
   * The topic of a code, by the line that says most of it.
   *
   * @return empty if the code is not in the list; the empty text if the list names no topic
   */
  public Optional<String> topic(String system, String code) {
    String text = system + "|" + code;
    String exact = whole.get(text);
    return exact != null
        ? Optional.of(exact)
        : starts.entrySet().stream()
            .filter(start -> text.startsWith(start.getKey()))
            .max(Comparator.comparingInt(start -> start.getKey().length()))
            .map(Map.Entry::getValue);
  }

  /** The topics of the codes that begin so, and of all codes that it lies below. */
  public Set<String> topicsOfStart(String system, String start) {
    String text = system + "|" + start;
    Set<String> topics = new TreeSet<>();
    topic(system, start).ifPresent(topics::add);
    Stream.of(whole, starts)
        .flatMap(lines -> lines.entrySet().stream())
        .filter(line -> line.getKey().startsWith(text))
        .forEach(line -> topics.add(line.getValue()));
    return topics;
  }

  /** Whether the list is empty. */
  public boolean isEmpty() {
    return whole.isEmpty() && starts.isEmpty();
  }
}
