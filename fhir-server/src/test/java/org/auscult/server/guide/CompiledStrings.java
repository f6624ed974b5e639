package org.auscult.server.guide;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.asm.ClassReader;

/** The texts in our compiled classes: constants too, which the compiler has put together. */
final class CompiledStrings {
  private static final int UTF8 = 1;

  private CompiledStrings() {}

  /** Each match, with the classes in whose texts it stands. Classes of tests do not count. */
  static Map<String, Set<String>> matching(Pattern pattern) throws IOException, URISyntaxException {
    Map<String, Set<String>> found = new TreeMap<>();
    for (URL root :
        Collections.list(CompiledStrings.class.getClassLoader().getResources("org/auscult"))) {
      if (root.getProtocol().equals("jar")) {
        String jar = root.toString().substring(0, root.toString().indexOf("!/"));
        if (jar.endsWith("-tests.jar")) {
          continue;
        }
        try (FileSystem inside = FileSystems.newFileSystem(URI.create(jar), Map.of())) {
          read(inside.getPath("org", "auscult"), pattern, found);
        }
      } else if (!root.getPath().contains("/test-classes/")) {
        read(Path.of(root.toURI()), pattern, found);
      }
    }
    return found;
  }

  private static void read(Path folder, Pattern pattern, Map<String, Set<String>> found)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        for (String text : texts(file)) {
          Matcher match = pattern.matcher(text);
          while (match.find()) {
            found
                .computeIfAbsent(match.group(), t -> new TreeSet<>())
                .add(file.getFileName().toString().replace(".class", ""));
          }
        }
      }
    }
  }

  private static Set<String> texts(Path file) throws IOException {
    Set<String> texts = new TreeSet<>();
    try (InputStream in = Files.newInputStream(file)) {
      ClassReader reader = new ClassReader(in);
      for (int i = 1; i < reader.getItemCount(); i++) {
        int content = reader.getItem(i);
        if (content > 0 && reader.readByte(content - 1) == UTF8) {
          texts.add(text(reader, content));
        }
      }
    }
    return texts;
  }

  /**
   * Class files write UTF-8 but for zero bytes and rare characters, of which our URLs have none.
   */
  private static String text(ClassReader reader, int content) {
    byte[] bytes = new byte[reader.readUnsignedShort(content)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) reader.readByte(content + 2 + i);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
