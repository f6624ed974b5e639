package org.auscult.prove.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.auscult.prove.hospital.Reply;
import org.jspecify.annotations.Nullable;

/** What a refusal looks like. */
interface Expect {
  /** What is wrong with an answer; null if it is the refusal that is due. */
  @Nullable String problem(Reply reply);

  /** OAuth's error of a client's endpoint. */
  static Expect oauth(int status, String... errors) {
    return reply ->
        reply.status() == status && List.of(errors).contains(reply.error())
            ? null
            : said(reply, status + " " + String.join(" or ", errors));
  }

  /** As JSON, as XML, or in HAPI's own page. */
  Pattern OUTCOME =
      Pattern.compile("(?s)OperationOutcome.*severity(?:\"\\s*:\\s*| value=)\"(?:error|fatal)\"");

  /** One of these, with an OperationOutcome that has an error. */
  static Expect outcome(Integer... statuses) {
    return reply -> {
      if (!Arrays.asList(statuses).contains(reply.status())) {
        return said(reply, Arrays.toString(statuses));
      }
      return OUTCOME.matcher(reply.text()).find() ? null : "no OperationOutcome";
    };
  }

  /** The FHIR API's refusal of a token. */
  static Expect badToken() {
    return reply ->
        outcome(401).problem(reply) == null
                && reply.header("WWW-Authenticate").contains("invalid_token")
            ? null
            : said(reply, "401 invalid_token");
  }

  /** One of these, whatever it says. */
  static Expect status(Integer... statuses) {
    return reply ->
        Arrays.asList(statuses).contains(reply.status())
            ? null
            : said(reply, Arrays.toString(statuses));
  }

  /** Anything that is no 5xx, and in which none of these words stands. */
  static Expect nothingOf(String... words) {
    return reply -> {
      if (reply.status() >= 500) {
        return "HTTP " + reply.status();
      }
      String all = reply.headers() + withoutLinks(reply);
      return Arrays.stream(words)
          .filter(word -> !word.isEmpty() && all.contains(word))
          .findFirst()
          .map(word -> "HTTP " + reply.status() + ", and it tells '" + word + "'")
          .orElse(null);
    };
  }

  /** A search's answer repeats the question in its links; that tells nothing. */
  private static String withoutLinks(Reply reply) {
    JsonNode json = reply.json();
    if (json instanceof ObjectNode bundle
        && bundle.path("resourceType").asText().equals("Bundle")) {
      return bundle.without("link").toString();
    }
    return reply.text();
  }

  /** No code leaves: an error to the registered address, a page, or nothing. */
  static Expect noCode() {
    return reply -> {
      String to = reply.header("Location");
      if (to.contains("code=")) {
        return "a code was given";
      }
      boolean isError = reply.status() == 400 || reply.status() == 403 || reply.status() == 404;
      return isError || to.contains("error=") ? null : said(reply, "an error");
    };
  }

  /** One refusal or the other. */
  static Expect anyOf(Expect one, Expect other) {
    return reply -> one.problem(reply) == null ? null : other.problem(reply);
  }

  /** Both. */
  default Expect and(Expect other) {
    return reply -> {
      String problem = problem(reply);
      return problem == null ? other.problem(reply) : problem;
    };
  }

  /** An answer in short: nothing of what it holds. */
  private static String said(Reply reply, String due) {
    JsonNode json = reply.json();
    String more =
        json.path("error").isTextual()
            ? " " + json.path("error").asText()
            : json.path("resourceType").isTextual() ? " " + json.path("resourceType").asText() : "";
    return "HTTP " + reply.status() + more + " instead of " + due;
  }
}
