package org.auscult.prove.checklist;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the marks of one test source: {@code Checklist: 13, 14.}, {@code Governance: 11.10(e).} or
 * {@code Safety: 4.} in the Javadoc of a class or of a test method.
 */
final class TestSource {
  private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
  private static final Pattern MARK =
      Pattern.compile(
          "\\b(" + Mark.Kind.words() + "):((?:[\\s*]*\\d+(?:\\.\\d+)?(?:\\(\\w\\))?[,.])+)");
  private static final Pattern LINE = Pattern.compile("\\d+(\\.\\d+)?(\\(\\w\\))?");
  private static final Pattern ANNOTATION = Pattern.compile("\\G\\s*@([\\w.]+)");
  private static final Pattern TYPE =
      Pattern.compile(
          "\\G\\s*(?:(?:public|protected|private|abstract|static|final|sealed)\\s+)*"
              + "(?:class|interface|record|enum)\\s+(\\w+)");
  private static final Pattern METHOD =
      Pattern.compile(
          "\\G\\s*(?:(?:public|protected|private|static|final|default)\\s+)*"
              + "[\\w<>\\[\\].?, ]+?\\s+(\\w+)\\s*\\(");
  private static final Set<String> TESTS =
      Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "Property", "ArchTest");

  private final String name;
  private final String text;
  private final List<Mark> marks = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> methods = new HashSet<>();

  /**
   * @param name of the file's class
   */
  TestSource(String name, String text) {
    this.name = name;
    this.text = text;
    readMethods();
    readMarks();
  }

  List<Mark> marks() {
    return marks;
  }

  /** Marks that stand at nothing that is a test. */
  List<String> problems() {
    return problems;
  }

  /** Names of its test methods. */
  Set<String> methods() {
    return methods;
  }

  /** What stands behind annotations. */
  private record Declared(Set<String> annotations, Optional<String> type, Optional<String> method) {
    boolean isTest() {
      return method.isPresent()
          && annotations.stream().anyMatch(TESTS::contains)
          && !annotations.contains("Disabled");
    }
  }

  private void readMethods() {
    Matcher annotation = Pattern.compile("@(\\w+)").matcher(text);
    while (annotation.find()) {
      if (TESTS.contains(annotation.group(1))) {
        Declared declared = declaredAt(annotation.start());
        declared.method().filter(m -> declared.isTest()).ifPresent(methods::add);
      }
    }
  }

  private void readMarks() {
    Matcher javadoc = JAVADOC.matcher(text);
    while (javadoc.find()) {
      Matcher mark = MARK.matcher(javadoc.group(1));
      while (mark.find()) {
        Declared declared = declaredAt(javadoc.end());
        Matcher line = LINE.matcher(mark.group(2));
        while (line.find()) {
          add(Mark.Kind.of(mark.group(1)), line.group(), declared);
        }
      }
    }
  }

  private void add(Mark.Kind kind, String line, Declared declared) {
    if (declared.isTest()) {
      marks.add(new Mark(kind, line, name + "#" + declared.method().orElseThrow()));
    } else if (declared.type().isPresent() && !methods.isEmpty()) {
      marks.add(new Mark(kind, line, name));
    } else {
      problems.add(
          name + ": " + kind.word() + ": " + line + " stands at what is no test that runs");
    }
  }

  private Declared declaredAt(int start) {
    Set<String> annotations = new HashSet<>();
    int at = start;
    Matcher annotation = ANNOTATION.matcher(text);
    while (annotation.find(at)) {
      annotations.add(annotation.group(1).replaceFirst(".*\\.", ""));
      at = behindArguments(annotation.end());
    }
    Matcher type = TYPE.matcher(text);
    if (type.find(at)) {
      return new Declared(annotations, Optional.of(type.group(1)), Optional.empty());
    }
    Matcher method = METHOD.matcher(text);
    return new Declared(
        annotations,
        Optional.empty(),
        method.find(at) ? Optional.of(method.group(1)) : Optional.empty());
  }

  /** The place behind an annotation's arguments, whose strings may hold brackets. */
  private int behindArguments(int at) {
    if (at >= text.length() || text.charAt(at) != '(') {
      return at;
    }
    int depth = 0;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        i = behindString(i) - 1;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return text.length();
  }

  private int behindString(int at) {
    String quote = text.startsWith("\"\"\"", at) ? "\"\"\"" : "\"";
    int i = at + quote.length();
    while (i < text.length() && !text.startsWith(quote, i)) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i + quote.length();
  }
}
