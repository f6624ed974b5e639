package org.auscult.prove;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where programs are that proofs need, and that are not ours. */
public final class BrowserFile {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");

  private BrowserFile() {}

  /**
   * A Chromium: the one that {@code AUSCULT_BROWSER} names, or the first on the PATH.
   *
   * @throws NotRunException if there is none
   */
  public static Path find() throws NotRunException {
    String chosen = System.getenv("AUSCULT_BROWSER");
    Path browser =
        chosen != null
            ? Path.of(chosen)
            : BROWSERS.stream()
                .map(BrowserFile::onPath)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    if (browser == null || !Files.isExecutable(browser)) {
      throw new NotRunException(
          "there is no browser: set AUSCULT_BROWSER, or put one of "
              + String.join(", ", BROWSERS)
              + " on the PATH");
    }
    return browser;
  }

  /** A program on the PATH; null if it is not there. */
  public static @Nullable Path onPath(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    try (Stream<String> folders =
        Pattern.compile(Pattern.quote(File.pathSeparator)).splitAsStream(path)) {
      return folders
          .map(each -> Path.of(each, name))
          .filter(Files::isExecutable)
          .findFirst()
          .orElse(null);
    }
  }
}
