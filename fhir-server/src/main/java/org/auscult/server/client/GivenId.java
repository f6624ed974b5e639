package org.auscult.server.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Ids for what has none of its own: made from the file's content and the place in it, so that the
 * same resource has the same id each time. A load that was killed while the server was still at
 * work, and is begun again, so stores nothing twice.
 *
 * @param content names the file's content
 */
record GivenId(String content) {
  /** Completes a resource on a line of NDJSON, from 1. */
  void completeLine(ObjectNode resource, int line) {
    if (resource.path("id").asText().isEmpty()) {
      resource.put("id", at(line));
    }
  }

  /**
   * Makes of a bundle's POST, which would store one more resource each time, a PUT. What is
   * conditional stays as it is.
   *
   * @param number the entry's place, from 1
   */
  void completeEntry(ObjectNode entry, int number) {
    if (entry.path("request") instanceof ObjectNode request
        && request.path("method").asText().equals("POST")
        && !request.has("ifNoneExist")
        && entry.path("resource") instanceof ObjectNode resource) {
      String id = at(number);
      resource.put("id", id);
      request.put("method", "PUT").put("url", request.path("url").asText() + "/" + id);
    }
  }

  private String at(int number) {
    byte[] place = (content + "/" + number).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(place).toString();
  }
}
