package org.auscult.prove;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The sources that this was built from: the jar lies in {@code benchmarks/target}. */
public final class Sources {
  private Sources() {}

  /**
   * The repository.
   *
   * @throws NotRunException if there is none here
   */
  public static Path folder() throws NotRunException {
    Path home;
    try {
      home =
          Path.of(Sources.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .resolve("../../..")
              .normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place of the jar is no path", e);
    }
    if (!Files.isRegularFile(home.resolve("pom.xml"))) {
      throw new NotRunException("no sources at " + home + ", and this is done with them");
    }
    return home;
  }

  /** The same, where Maven can build it. */
  static Path home() throws NotRunException {
    Path home = folder();
    String path = System.getenv().getOrDefault("PATH", "");
    if (Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .noneMatch(folder -> Files.isExecutable(Path.of(folder, "mvn")))) {
      throw new NotRunException("mvn (Maven 3.8 or newer) is not on the PATH");
    }
    return home;
  }
}
