package org.auscult.cds.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.cds.client.RelativeDate;

/**
 * What fills the tokens of prefetch templates, {@code {{context.patientId}}} for one: the primitive
 * values at the root of context, and the id of the user under the name of its type; and FHIRPath's
 * {@code {{today() - 90 days}}}, which the 3.0 ballot adds.
 *
 * <p>Source: CDS Hooks 2.0, "Prefetch tokens" and "Prefetch tokens identifying the user".
 */
record ContextValues(Map<String, String> values) {
  private static final Pattern TOKEN = Pattern.compile("\\{\\{([^{}]*)}}");
  private static final Pattern NAME = Pattern.compile("context\\.(\\w+)");
  private static final Map<String, String> USER_TOKENS =
      Map.of(
          "Practitioner", "userPractitionerId",
          "PractitionerRole", "userPractitionerRoleId",
          "Patient", "userPatientId",
          "RelatedPerson", "userRelatedPersonId");

  ContextValues {
    values = Map.copyOf(values);
  }

  static ContextValues of(JsonNode context) {
    Map<String, String> values = new LinkedHashMap<>();
    context
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                values.put(field.getKey(), field.getValue().asText());
              }
            });
    String[] user = context.path("userId").asText().split("/", 2);
    String token = USER_TOKENS.get(user[0]);
    if (token != null && user.length == 2) {
      values.put(token, user[1]);
    }
    return new ContextValues(values);
  }

  /**
   * The query with all tokens filled, each value escaped; empty if one has no value here.
   *
   * @param today for {@code today()}
   */
  Optional<String> fill(String template, LocalDate today) {
    Matcher tokens = TOKEN.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (tokens.find()) {
      String token = tokens.group(1);
      Matcher name = NAME.matcher(token.strip());
      String value =
          name.matches()
              ? values.get(name.group(1))
              : RelativeDate.parse(token).map(date -> date.from(today).toString()).orElse(null);
      if (value == null) {
        return Optional.empty();
      }
      tokens.appendReplacement(
          filled,
          Matcher.quoteReplacement(
              URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")));
    }
    return Optional.of(tokens.appendTail(filled).toString());
  }

  /** Names only: values may identify a patient. */
  @Override
  public String toString() {
    return "ContextValues" + values.keySet();
  }
}
