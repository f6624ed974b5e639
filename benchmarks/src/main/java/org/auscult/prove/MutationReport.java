package org.auscult.prove;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What became of the mutants of one module, by package, as PIT's {@code mutations.xml} tells it.
 *
 * <p>Source: PIT, <a href="https://pitest.org/quickstart/basic_concepts/">basic concepts</a>.
 */
record MutationReport(SortedMap<String, Tally> byPackage) {
  /** What can become of a mutant. */
  enum Fate {
    /** A test failed. */
    KILLED,
    /** A test ran far longer than it should, as in an endless loop. It counts as killed. */
    TIMED_OUT,
    /** Its tests passed. */
    SURVIVED,
    /** No test runs its line. */
    NO_COVERAGE,
    /** The run itself broke or did not come to it, so nobody knows. It counts as not killed. */
    UNTRIED
  }

  /** How many mutants met each fate. */
  record Tally(Map<Fate, Integer> counts) {
    Tally {
      counts = Map.copyOf(counts);
    }

    int of(Fate fate) {
      return counts.getOrDefault(fate, 0);
    }

    int mutants() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Killed of all, in percent; of none it is 0, for nothing was shown. */
    double score() {
      return mutants() == 0 ? 0 : 100.0 * (of(Fate.KILLED) + of(Fate.TIMED_OUT)) / mutants();
    }

    Tally plus(Tally other) {
      Map<Fate, Integer> sum = new EnumMap<>(Fate.class);
      sum.putAll(counts);
      other.counts.forEach((fate, count) -> sum.merge(fate, count, Integer::sum));
      return new Tally(sum);
    }
  }

  /** The whole module. */
  Tally total() {
    return byPackage.values().stream().reduce(new Tally(Map.of()), Tally::plus);
  }

  /**
   * Reads a report.
   *
   * @throws IOException if it is not one
   */
  static MutationReport parse(InputStream xml) throws IOException {
    SortedMap<String, Tally> byPackage = new TreeMap<>();
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(xml);
      String status = "";
      while (reader.hasNext()) {
        if (reader.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        if (reader.getLocalName().equals("mutation")) {
          status = reader.getAttributeValue(null, "status");
        } else if (reader.getLocalName().equals("mutatedClass") && !isNoProgram(status)) {
          String type = reader.getElementText();
          Tally one = new Tally(Map.of(fate(status), 1));
          byPackage.merge(type.substring(0, type.lastIndexOf('.')), one, Tally::plus);
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException("This is no mutation report", e);
    }
    return new MutationReport(byPackage);
  }

  /** A mutant that the virtual machine refuses to load is no program that a test could judge. */
  private static boolean isNoProgram(String status) {
    return status.equals("NON_VIABLE");
  }

  private static Fate fate(String status) {
    return switch (status) {
      case "KILLED" -> Fate.KILLED;
      case "TIMED_OUT" -> Fate.TIMED_OUT;
      case "SURVIVED" -> Fate.SURVIVED;
      case "NO_COVERAGE" -> Fate.NO_COVERAGE;
      default -> Fate.UNTRIED;
    };
  }
}
