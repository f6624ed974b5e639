package org.auscult.server.statistics;

import java.util.ArrayList;
import java.util.List;
import org.auscult.statistics.uncertainty.SplitMix64;

/**
 * So many rows of a file, each as likely as any other: of the first columns only, so that a wide
 * file does not fill memory. Source: Vitter, ACM Trans. Math. Softw. 11 (1985) 37–57, algorithm R.
 */
final class DrawnRows {
  /** Of more columns the further ones are not kept. */
  static final int MOST_COLUMNS = 100;

  private final int most;
  private final SplitMix64 chance;
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private int seen;

  DrawnRows(List<String> columns, int most, long seed) {
    this.columns = List.copyOf(columns.subList(0, Math.min(MOST_COLUMNS, columns.size())));
    this.most = most;
    this.chance = new SplitMix64(seed);
  }

  /** The columns whose cells are kept. */
  List<String> columns() {
    return columns;
  }

  /** One more row of the file: its cells, of these columns at least. */
  void add(List<String> cells) {
    seen++;
    if (rows.size() < most) {
      rows.add(List.copyOf(cells.subList(0, columns.size())));
    } else if (most > 0) {
      int place = chance.below(seen);
      if (place < most) {
        rows.set(place, List.copyOf(cells.subList(0, columns.size())));
      }
    }
  }

  /** How many were drawn. */
  int size() {
    return rows.size();
  }

  /** The drawn cells of one of the columns. */
  List<String> column(String name) {
    int place = columns.indexOf(name);
    return rows.stream().map(row -> row.get(place)).toList();
  }
}
