package org.auscult.cds.hook;

import java.util.List;
import org.auscult.prediction.Subject;
import org.auscult.timeline.PatientTimeline;

/**
 * All that is known of the patient for one call.
 *
 * @param missingKeys prefetch that was not sent and that our record does not stand in for
 * @param findings how much of the caller's data could not be read
 */
record Gathered(Subject subject, PatientTimeline timeline, List<String> missingKeys, int findings) {
  Gathered {
    missingKeys = List.copyOf(missingKeys);
  }
}
