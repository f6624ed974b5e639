package org.auscult.ig;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The guide's resources as JSON, as SUSHI compiled them. */
public final class Ig {
  private Ig() {}

  /** File names, sorted, such as {@code StructureDefinition-prediction.json}. */
  public static List<String> names() {
    return text("index.txt").lines().toList();
  }

  /**
   * One resource.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static String json(String name) {
    return text(name);
  }

  private static String text(String name) {
    try (InputStream in = Ig.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("The guide has no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
