package org.auscult.server.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.auscult.server.client.LoadState.Progress;

/**
 * Tags by which a server can tell that it has stored a bundle's entries: for those that it names
 * itself, so that a load which was killed between the server's commit and its own note does not
 * store them twice.
 */
final class Marks {
  static final String SYSTEM = "https://auscult.org/fhir/load-bundle";

  private final String content;
  private final String partsKey;
  private final LoadState state;

  /**
   * @param key names the bundle's content and the server, as {@link LoadState#key} does
   */
  Marks(String key, LoadState state) {
    this.content = key.replaceFirst("\t.*", "");
    this.partsKey = content + "-parts" + key.substring(content.length());
    this.state = state;
  }

  /** Whether the bundle is sent in parts: it was refused as a whole, now or in an earlier run. */
  boolean areOfParts() {
    return state.progress(partsKey).lines() > 0;
  }

  /** Notes, before the first part is sent, that the bundle is sent in parts from now on. */
  void beginParts() {
    try {
      state.record(partsKey, new Progress(1, 0, ""));
    } catch (IOException e) {
      throw new UncheckedIOException("The progress of the load cannot be noted", e);
    }
  }

  /** The search that finds an entry by its mark. */
  String condition(int entry) {
    return "_tag=" + SYSTEM + "|" + code(entry);
  }

  void tag(ObjectNode resource, int entry) {
    resource
        .withObject("/meta")
        .withArray("tag")
        .addObject()
        .put("system", SYSTEM)
        .put("code", code(entry));
  }

  /** Entry 0 stands for the whole bundle. */
  private String code(int entry) {
    return entry == 0 ? content : content + "-" + entry;
  }
}
