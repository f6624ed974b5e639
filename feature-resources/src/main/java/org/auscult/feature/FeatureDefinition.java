package org.auscult.feature;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * What one feature is: which facts, over which window, made into which number of which unit.
 *
 * @param url canonical without version
 * @param version SemVer
 * @param name machine name, the feature's key in a vector
 * @param title for people: {@code systolic blood pressure}
 * @param kind the type of resource read; null for age and sex
 * @param codes explicit codes; may be empty if {@code valueSet} is given
 * @param valueSet canonical with version ({@code url|version}); null if none
 * @param lookback window (index time − lookback, index time]; null reads the whole record
 * @param unit UCUM unit of the value; {@code 1} for counts and truth
 * @param plausible values outside are missing; null for no limit
 * @param statuses statuses that count; empty for the defaults of {@link Statuses}
 * @param answers how coded answers become a truth; null for numbers
 * @param anchor for age: the sibling feature at whose effective time age is taken; null for the
 *     index time
 */
public record FeatureDefinition(
    String url,
    String version,
    String name,
    String title,
    Operator operator,
    @Nullable ResourceKind kind,
    List<Code> codes,
    @Nullable String valueSet,
    @Nullable Lookback lookback,
    String unit,
    @Nullable Range plausible,
    MissingPolicy missing,
    Set<String> statuses,
    @Nullable CodedAnswers answers,
    @Nullable String anchor) {
  public FeatureDefinition {
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    Objects.requireNonNull(name);
    Objects.requireNonNull(title);
    Objects.requireNonNull(operator);
    codes = List.copyOf(codes);
    Objects.requireNonNull(unit);
    Objects.requireNonNull(missing);
    statuses = Set.copyOf(statuses);
    if (operator.readsCodes() && kind == null) {
      throw new IllegalArgumentException(operator.code() + " needs a resource type");
    }
    if (!operator.readsCodes() && missing instanceof MissingPolicy.Default) {
      throw new IllegalArgumentException(operator.code() + " takes no default");
    }
    if (operator.readsCodes() && codes.isEmpty() && valueSet == null) {
      throw new IllegalArgumentException(operator.code() + " needs codes or a ValueSet");
    }
  }

  /** {@code url|version}. */
  public String canonical() {
    return url + "|" + version;
  }
}
