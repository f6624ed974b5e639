package org.auscult.audit.export;

import java.util.ArrayList;
import java.util.List;

/** Takes findings: keeps the first ones, counts all. */
final class Findings {
  private final int most;
  private final List<Finding> first = new ArrayList<>();
  private long count;

  Findings(int most) {
    this.most = most;
  }

  void add(Finding.Kind kind, long index, String message) {
    count++;
    if (first.size() < most) {
      first.add(new Finding(kind, index, message));
    }
  }

  List<Finding> first() {
    return List.copyOf(first);
  }

  long count() {
    return count;
  }
}
