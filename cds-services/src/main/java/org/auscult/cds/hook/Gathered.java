package org.auscult.cds.hook;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.auscult.order.DraftOrder;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.Subject;
import org.auscult.timeline.PatientTimeline;

/**
 * All that is known of the patient for one call.
 *
 * @param basis whether any of it is the caller's
 * @param missingKeys prefetch that was not sent, that the caller's server did not give, and that
 *     our record does not stand in for
 * @param advice how the caller could do better about them
 * @param findings how much of the caller's data could not be read
 * @param orders that the hook is about, with what the caller's server says of their drugs
 * @param labels of special protection that the caller's resources bear, by reference without
 *     version
 */
record Gathered(
    Subject subject,
    PatientTimeline timeline,
    FactBasis basis,
    List<String> missingKeys,
    String advice,
    int findings,
    List<DraftOrder> orders,
    Map<String, Set<String>> labels) {
  Gathered {
    Objects.requireNonNull(advice);
    missingKeys = List.copyOf(missingKeys);
    orders = List.copyOf(orders);
    labels = Map.copyOf(labels);
  }
}
