package org.auscult.prove.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.statistics.multivariate.MixedTable;
import org.auscult.statistics.uncertainty.SplitMix64;

/** Real rows, drawn with replacement, as if they were all that the site will ever see. */
record Site(String name, MixedTable table, List<Boolean> events) implements Population {
  Site {
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException(name + " has no rows");
    }
  }

  @Override
  public Drawn draw(int rows, SplitMix64 chance) {
    int[] places = new int[rows];
    int happened = 0;
    for (int i = 0; i < rows; i++) {
      places[i] = chance.below(events.size());
      happened += events.get(places[i]) ? 1 : 0;
    }
    MixedTable drawn =
        new MixedTable(drawn(table.numbers(), places), drawn(table.categories(), places));
    return new Drawn(drawn, rows, happened);
  }

  private static <T> Map<String, List<T>> drawn(Map<String, List<T>> columns, int[] places) {
    Map<String, List<T>> drawn = new LinkedHashMap<>();
    columns.forEach(
        (name, cells) -> {
          List<T> some = new ArrayList<>(places.length);
          for (int place : places) {
            some.add(cells.get(place));
          }
          drawn.put(name, some);
        });
    return drawn;
  }

  /** Gathers the rows of a site: the same columns of each. */
  static final class Builder {
    private final Map<String, List<Double>> numbers = new LinkedHashMap<>();
    private final Map<String, List<String>> categories = new LinkedHashMap<>();
    private final List<Boolean> events = new ArrayList<>();

    /** A cell of the row that {@link #end} closes; NaN if it is missing. */
    void number(String column, double value) {
      numbers.computeIfAbsent(column, c -> new ArrayList<>()).add(value);
    }

    /** The same; empty if it is missing. */
    void category(String column, String value) {
      categories.computeIfAbsent(column, c -> new ArrayList<>()).add(value);
    }

    void end(boolean event) {
      events.add(event);
    }

    Site build(String name) {
      return new Site(name, new MixedTable(numbers, categories), events);
    }
  }
}
