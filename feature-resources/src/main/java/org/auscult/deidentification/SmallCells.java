package org.auscult.deidentification;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of persons as a table may show them.
 *
 * <p>Source: the cell size suppression policy of the Centers for Medicare & Medicaid Services: no
 * cell of 1 to 10 is shown, nor can be computed from others.
 *
 * @param least the smallest count that is shown
 */
public record SmallCells(int least) {
  /** What CMS asks for. */
  public static final SmallCells CMS = new SmallCells(11);

  public SmallCells {
    if (least < 1) {
      throw new IllegalArgumentException("The least count is at least 1");
    }
  }

  /** A count, or that it is too small to be shown; that nobody is there is shown. */
  public String show(long count) {
    return count == 0 || count >= least ? "%,d".formatted(count) : "<" + least;
  }

  /**
   * A table of counts, whose total may be known. Where it would tell the cells that are not shown,
   * the next smallest is not shown either, until those hidden are together as many as the least.
   */
  public SortedMap<String, String> show(Map<String, Integer> table) {
    List<Integer> ascending = table.values().stream().filter(n -> n > 0).sorted().toList();
    int hidden = 0;
    int most = 0;
    for (int count : ascending) {
      if (count < least || hidden > 0 && hidden < least) {
        hidden += count;
        most = count;
      }
    }
    SortedMap<String, String> shown = new TreeMap<>();
    for (Map.Entry<String, Integer> cell : table.entrySet()) {
      boolean withheld = cell.getValue() >= least && cell.getValue() <= most;
      shown.put(cell.getKey(), withheld ? "withheld" : show(cell.getValue()));
    }
    return shown;
  }
}
