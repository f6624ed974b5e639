package org.auscult.server.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.training.Part;
import org.auscult.training.Tally;
import org.jspecify.annotations.Nullable;

/** What a shard gathers beside its files. */
final class ShardResult {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Tally tally = new Tally();
  private final SortedMap<String, String> texts = new TreeMap<>();
  private final Map<Long, @Nullable Part> parts = new LinkedHashMap<>();

  Tally tally() {
    return tally;
  }

  /** The part of each patient who is in the data set, by his place; null for one of several. */
  Map<Long, @Nullable Part> parts() {
    return parts;
  }

  /** A code of the raw timeline that was met. */
  void code(String code, @Nullable String text) {
    add(texts, code, text == null ? "" : text);
  }

  /** Of several texts of a code the first by the alphabet counts, so that order does not matter. */
  private static void add(Map<String, String> texts, String code, String text) {
    texts.merge(code, text, ShardResult::better);
  }

  private static String better(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** The codes that were met, with their texts, as they are kept. */
  String codes() {
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Codes cannot be written", e);
    }
  }

  /**
   * Adds what {@link #codes} wrote of one shard to those of others.
   *
   * @param texts by code; empty where there is none
   */
  static void add(Map<String, String> texts, String codes) {
    try {
      JSON.readValue(codes, new TypeReference<Map<String, String>>() {})
          .forEach((code, text) -> add(texts, code, text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A shard's codes cannot be read", e);
    }
  }
}
