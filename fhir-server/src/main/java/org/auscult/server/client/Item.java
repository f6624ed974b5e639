package org.auscult.server.client;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One resource to load.
 *
 * @param file where it stands
 * @param line its line in that file, from 1
 */
record Item(String file, int line, ObjectNode resource) {
  String type() {
    return resource.path("resourceType").asText();
  }

  String id() {
    return resource.path("id").asText();
  }

  /** Nothing of the resource's content: it may be a patient's. */
  @Override
  public String toString() {
    return file + ":" + line + " " + type() + "/" + id();
  }
}
