package org.auscult.prediction;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.auscult.order.OrderCheck;
import org.auscult.order.OrderFinding;

/**
 * What a table of order rules said within one deployment's run.
 *
 * @param first index of the first finding; indices go on from those of the model runs
 */
public record OrderRun(int first, OrderCheck check) {
  public OrderRun {
    Objects.requireNonNull(check);
  }

  /** One finding with its index, which is part of its resource's id. */
  public record Indexed(int index, OrderFinding finding) {}

  /** The findings, each under its index. */
  public List<Indexed> findings() {
    List<OrderFinding> findings = check.findings();
    return IntStream.range(0, findings.size())
        .mapToObj(i -> new Indexed(first + i, findings.get(i)))
        .toList();
  }
}
