package org.auscult.server.auth.registry;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** What both parts of the registry's API have in common: JSON in and out, versions, problems. */
final class RegistryApi {
  static final String USERS = "/auth/admin/users";
  static final String CLIENTS = "/auth/admin/clients";
  static final int USUAL_COUNT = 50;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .withConfigOverride(
              List.class,
              lists -> lists.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
          .build();

  private RegistryApi() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** The object of a body; an empty one is an object without members. */
  static ObjectNode read(byte @Nullable [] body) {
    try {
      if (body == null || body.length == 0) {
        return object();
      }
      JsonNode read = JSON.readTree(body);
      if (read instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      // Its words may quote the body.
      throw RegistryProblem.invalid("The body is no JSON object");
    }
    throw RegistryProblem.invalid("The body is no JSON object");
  }

  static <T> T read(byte @Nullable [] body, Class<T> type, String members) {
    try {
      return JSON.treeToValue(read(body), type);
    } catch (JsonProcessingException e) {
      throw RegistryProblem.invalid(members);
    }
  }

  /** Reads those whose names come after the last one that was shown. */
  interface Pages<T> {
    List<T> read(int count);
  }

  /**
   * A page of a list, and where it goes on if there are more.
   *
   * @param url of the list
   * @param member that holds them
   * @param asked how many; 1 to 200 count
   */
  static <T> ResponseEntity<String> page(
      String url,
      String member,
      int asked,
      Pages<T> pages,
      Function<T, String> name,
      Function<T, ObjectNode> json) {
    int count = Math.max(1, Math.min(asked, UserRegistry.MOST));
    List<T> found = pages.read(count + 1);
    List<T> shown = found.subList(0, Math.min(count, found.size()));
    ObjectNode page = object();
    ArrayNode list = page.putArray(member);
    shown.forEach(each -> list.add(json.apply(each)));
    if (found.size() > count) {
      String last = name.apply(shown.get(shown.size() - 1));
      page.put("next", url + "?count=" + count + "&after=" + last);
    }
    return answer(HttpStatus.OK, page);
  }

  /** {@code "3"} or {@code W/"3"}: the version that was read. */
  static long version(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw RegistryProblem.noVersion();
    }
    String version = ifMatch.strip().replaceFirst("^(W/)?\"([0-9]{1,18})\"$", "$2");
    if (!version.matches("[0-9]{1,18}")) {
      throw RegistryProblem.changed();
    }
    return Long.parseLong(version);
  }

  static ResponseEntity<String> answer(HttpStatus status, long version, JsonNode body) {
    return ResponseEntity.status(status)
        .eTag("\"" + version + "\"")
        .contentType(MediaType.APPLICATION_JSON)
        .body(body.toString());
  }

  static ResponseEntity<String> answer(HttpStatus status, JsonNode body) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(body.toString());
  }

  static String below(String path, String name) {
    return path + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  static ResponseEntity<String> problem(RegistryProblem problem) {
    ObjectNode outcome = object().put("resourceType", "OperationOutcome");
    outcome
        .putArray("issue")
        .addObject()
        .put("severity", "error")
        .put("code", problem.code())
        .put("diagnostics", problem.text());
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.status());
    if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
      answer.header("WWW-Authenticate", "Bearer");
    }
    return answer.contentType(MediaType.APPLICATION_JSON).body(outcome.toString());
  }
}
