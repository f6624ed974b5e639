package org.auscult.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShownCellsTest {
  private static final int LEAST = 11;

  private static ShownCells cells(Map<String, Map<String, Integer>> sites) {
    Map<String, Integer> all = new TreeMap<>();
    Map<String, Integer> totals = new TreeMap<>();
    sites.forEach(
        (site, row) ->
            row.forEach(
                (key, persons) -> {
                  all.merge(key, persons, Integer::sum);
                  totals.merge(site, persons, Integer::sum);
                }));
    return new ShownCells(LEAST, all, sites, totals);
  }

  @Test
  void showsWhatTellsOfNobody() {
    ShownCells cells = cells(Map.of("a", Map.of("x", 20, "y", 30), "b", Map.of("x", 11, "y", 0)));

    assertThat(cells.shows(ShownCells.ALL, "x")).isTrue();
    assertThat(cells.shows("a", "y")).isTrue();
    assertThat(cells.shows("b", "x")).isTrue();
    assertThat(cells.shows("b", "y")).as("that nobody is there").isTrue();
    assertThat(cells.showsTotal("b")).isTrue();
  }

  @Test
  void hidesASmallOneAndWhatWouldTellIt() {
    ShownCells cells = cells(Map.of("a", Map.of("x", 40, "y", 30), "b", Map.of("x", 20, "y", 3)));

    assertThat(cells.shows("b", "y")).isFalse();
    assertThat(cells.shows("b", "x")).as("by the row's total").isFalse();
    assertThat(cells.shows("a", "y")).as("by the column's total").isFalse();
    assertThat(cells.shows("a", "x")).as("by either").isFalse();
    assertThat(cells.shows(ShownCells.ALL, "y")).isTrue();
  }

  @Test
  void ofASmallSiteNothingIsShown() {
    ShownCells cells =
        cells(Map.of("a", Map.of("x", 40), "b", Map.of("x", 5), "c", Map.of("x", 60)));

    assertThat(cells.showsTotal("b")).isFalse();
    assertThat(cells.showsTotal("a")).as("the rest would be b").isFalse();
    assertThat(cells.showsTotal("c")).isTrue();
  }

  /** Somebody who subtracts whatever is shown from whatever is known finds no small number. */
  @Test
  void nothingSmallFollowsBySubtraction() {
    Random random = new Random(5);
    int hiddenTables = 0;
    for (int round = 0; round < 2_000; round++) {
      Map<String, Map<String, Integer>> sites = new TreeMap<>();
      int columns = 1 + random.nextInt(4);
      for (int site = 0; site < 1 + random.nextInt(4); site++) {
        Map<String, Integer> row = new TreeMap<>();
        for (int key = 0; key < columns; key++) {
          row.put("k" + key, random.nextInt(3) == 0 ? random.nextInt(15) : random.nextInt(200));
        }
        sites.put("s" + site, row);
      }
      int persons =
          sites.values().stream().flatMap(r -> r.values().stream()).mapToInt(n -> n).sum();
      if (persons < LEAST) {
        continue;
      }
      Attack attack = new Attack(sites, cells(sites));
      attack.run();
      hiddenTables += attack.hidden.isEmpty() ? 0 : 1;
      assertThat(attack.found()).as("%s", sites).isEmpty();
    }
    assertThat(hiddenTables).isGreaterThan(500);
  }

  /** Knows the sum of all, sees what is shown, and subtracts as long as something follows. */
  private static final class Attack {
    private static final String ALL = ShownCells.ALL;
    private static final String TOTAL = "total";

    private final Map<List<String>, Integer> truth = new HashMap<>();
    private final Set<List<String>> known = new HashSet<>();
    private final Set<List<String>> hidden = new HashSet<>();
    private final List<String> rows;
    private final List<String> keys;

    Attack(Map<String, Map<String, Integer>> sites, ShownCells cells) {
      this.rows = List.copyOf(sites.keySet());
      this.keys = sites.values().stream().flatMap(row -> row.keySet().stream()).distinct().toList();
      sites.forEach(
          (site, row) ->
              row.forEach(
                  (key, persons) -> {
                    see(List.of(site, key), persons, cells.shows(site, key));
                    truth.merge(List.of(ALL, key), persons, Integer::sum);
                    truth.merge(List.of(site, TOTAL), persons, Integer::sum);
                    truth.merge(List.of(ALL, TOTAL), persons, Integer::sum);
                  }));
      keys.forEach(key -> see(List.of(ALL, key), of(ALL, key), cells.shows(ALL, key)));
      rows.forEach(site -> see(List.of(site, TOTAL), of(site, TOTAL), cells.showsTotal(site)));
      known.add(List.of(ALL, TOTAL));
    }

    private int of(String row, String key) {
      return Objects.requireNonNull(truth.get(List.of(row, key)));
    }

    private static boolean isSmall(int persons) {
      return persons > 0 && persons < LEAST;
    }

    private void see(List<String> cell, int persons, boolean isShown) {
      truth.put(cell, persons);
      // That nobody is there may be known.
      if (isShown || persons == 0) {
        known.add(cell);
      } else {
        hidden.add(cell);
      }
    }

    void run() {
      int before = -1;
      while (known.size() > before) {
        before = known.size();
        rows.forEach(site -> line(List.of(site, TOTAL), keys.stream().map(k -> List.of(site, k))));
        line(List.of(ALL, TOTAL), keys.stream().map(key -> List.of(ALL, key)));
        line(List.of(ALL, TOTAL), rows.stream().map(site -> List.of(site, TOTAL)));
        keys.forEach(key -> line(List.of(ALL, key), rows.stream().map(s -> List.of(s, key))));
      }
    }

    /** Of a sum and its parts, the one that is not known follows. */
    private void line(List<String> sum, Stream<List<String>> parts) {
      List<List<String>> unknown =
          Stream.concat(Stream.of(sum), parts).filter(cell -> !known.contains(cell)).toList();
      if (unknown.size() == 1) {
        known.add(unknown.get(0));
      }
    }

    List<List<String>> found() {
      return known.stream()
          .filter(hidden::contains)
          .filter(cell -> isSmall(of(cell.get(0), cell.get(1))))
          .toList();
    }
  }
}
