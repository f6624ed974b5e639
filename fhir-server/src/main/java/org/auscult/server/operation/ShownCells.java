package org.auscult.server.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which cells of a table of persons, some things by sites, may be shown, with its margins: none of
 * fewer persons than the least, and none that would tell such a one by subtraction. Where a margin
 * is not shown, what adds up to it is not either.
 *
 * <p>Source: as {@link org.auscult.deidentification.SmallCells}, in two dimensions.
 */
final class ShownCells {
  /** The row of all sites together. */
  static final String ALL = "";

  private final int least;
  private final Map<String, Map<String, Integer>> rows = new TreeMap<>();
  private final Map<String, Integer> totals = new TreeMap<>();
  private final Set<Cell> hidden = new HashSet<>();

  private record Cell(String row, String key) {}

  private record Counted(Cell cell, int persons) {}

  /**
   * @param all persons by thing, of all sites
   * @param sites the same by site
   * @param totals persons by site, whatever they have
   */
  ShownCells(
      int least,
      Map<String, Integer> all,
      Map<String, Map<String, Integer>> sites,
      Map<String, Integer> totals) {
    this.least = least;
    this.rows.putAll(sites);
    this.rows.put(ALL, all);
    this.totals.putAll(totals);
    boolean isMore = true;
    while (isMore) {
      isMore = hideMore();
    }
  }

  /** Whether the number of persons of a site may be shown. */
  boolean showsTotal(String site) {
    return site.equals(ALL) || !hidden.contains(total(site));
  }

  /** Whether a cell may be shown; that nobody is there may be, unless nothing of the row may. */
  boolean shows(String row, String key) {
    return showsTotal(row) && !hidden.contains(new Cell(row, key));
  }

  private static Cell total(String site) {
    // No thing has this name.
    return new Cell(site, "\0total");
  }

  private boolean hideMore() {
    int before = hidden.size();
    hide(
        totals.entrySet().stream().map(e -> new Counted(total(e.getKey()), e.getValue())).toList());
    hide(row(ALL));
    Set<String> keys = new TreeSet<>();
    rows.values().forEach(row -> keys.addAll(row.keySet()));
    for (String site : totals.keySet()) {
      for (String key : keys) {
        boolean isOfHidden = !showsTotal(site) || hidden.contains(new Cell(ALL, key));
        if (isOfHidden && count(site, key) > 0) {
          hidden.add(new Cell(site, key));
        }
      }
      if (hide(row(site))) {
        hidden.add(total(site));
      }
    }
    for (String key : keys) {
      boolean isTold =
          hide(
              totals.keySet().stream()
                  .map(site -> new Counted(new Cell(site, key), count(site, key)))
                  .toList());
      if (isTold) {
        hidden.add(new Cell(ALL, key));
      }
    }
    return hidden.size() > before;
  }

  private List<Counted> row(String name) {
    List<Counted> row = new ArrayList<>();
    rows.getOrDefault(name, new HashMap<>())
        .forEach((key, persons) -> row.add(new Counted(new Cell(name, key), persons)));
    return row;
  }

  private int count(String row, String key) {
    return rows.getOrDefault(row, Map.of()).getOrDefault(key, 0);
  }

  /**
   * Cells that add up to what may be known: those hidden must be several, and together as many as
   * the least.
   *
   * @return whether one alone is hidden, so that the sum would tell it
   */
  private boolean hide(List<Counted> line) {
    List<Counted> cells = line.stream().filter(cell -> cell.persons() > 0).toList();
    cells.stream().filter(cell -> cell.persons() < least).forEach(cell -> hidden.add(cell.cell()));
    List<Counted> shown =
        new ArrayList<>(
            cells.stream()
                .filter(cell -> !hidden.contains(cell.cell()))
                .sorted(Comparator.comparingInt(Counted::persons))
                .toList());
    int howMany = cells.size() - shown.size();
    int unseen =
        cells.stream()
            .filter(cell -> hidden.contains(cell.cell()))
            .mapToInt(Counted::persons)
            .sum();
    while (howMany > 0 && (howMany == 1 || unseen < least) && !shown.isEmpty()) {
      Counted next = shown.remove(0);
      hidden.add(next.cell());
      unseen += next.persons();
      howMany++;
    }
    return howMany == 1;
  }
}
