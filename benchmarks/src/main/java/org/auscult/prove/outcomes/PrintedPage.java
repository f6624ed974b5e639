package org.auscult.prove.outcomes;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A page in a browser without a window. */
final class PrintedPage implements AutoCloseable {
  private static final Pattern PAGE = Pattern.compile("/Type\\s*/Page[^s]");
  private static final long PATIENCE = 60;

  private final Path browser;
  private final Path folder;
  private final Path html;

  PrintedPage(Path browser, byte[] page) throws IOException {
    this.browser = browser;
    this.folder = Files.createTempDirectory("auscult-pages");
    this.html = Files.write(folder.resolve("page.html"), page);
  }

  /** On how many sheets it is printed. */
  int sheets() throws IOException, InterruptedException {
    Path pdf = folder.resolve("page.pdf");
    run("--no-pdf-header-footer", "--print-to-pdf=" + pdf);
    String content = new String(Files.readAllBytes(pdf), StandardCharsets.ISO_8859_1);
    return (int) PAGE.matcher(content).results().count();
  }

  /** How many different colours are seen, of 1,000 by 1,400 points. */
  int colours() throws IOException, InterruptedException {
    Path png = folder.resolve("page.png");
    run("--hide-scrollbars", "--window-size=1000,1400", "--screenshot=" + png);
    BufferedImage image = ImageIO.read(png.toFile());
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours.size();
  }

  private void run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(browser.toString());
    command.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu"));
    command.add("--user-data-dir=" + folder.resolve("browser"));
    command.addAll(List.of(options));
    command.add(html.toUri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.log").toFile())
            .start();
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException("The browser does not end");
    }
  }

  /** Removes what the browser has left. */
  @Override
  public void close() throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.walk(folder)) {
      left = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : left) {
      Files.deleteIfExists(file);
    }
  }
}
