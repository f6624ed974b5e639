package org.auscult.feature;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * Which facts a feature reads.
 *
 * @param kind the type of resource
 * @param codes explicit codes; may be empty if {@code valueSet} is given
 * @param valueSet canonical with version ({@code url|version}); null if none
 * @param statuses statuses that count; empty for the defaults of {@link Statuses}
 * @param withModels whether what a model wrote counts too; otherwise it never does
 */
public record Selection(
    ResourceKind kind,
    List<Code> codes,
    @Nullable String valueSet,
    Set<String> statuses,
    Filter filter,
    boolean withModels) {
  public Selection {
    Objects.requireNonNull(kind);
    codes = List.copyOf(codes);
    statuses = Set.copyOf(statuses);
    Objects.requireNonNull(filter);
    if (codes.isEmpty() && valueSet == null) {
      throw new IllegalArgumentException("A selection names codes or a ValueSet");
    }
  }

  /** The same through another filter. */
  Selection withFilter(Filter newFilter) {
    return new Selection(kind, codes, valueSet, statuses, newFilter, withModels);
  }

  /** Explicit codes of a kind, with the statuses that count by default. */
  public static Selection of(ResourceKind kind, List<Code> codes) {
    return new Selection(kind, codes, null, Set.of(), Filter.ALL, false);
  }
}
