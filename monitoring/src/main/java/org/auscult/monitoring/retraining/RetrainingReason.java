package org.auscult.monitoring.retraining;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a model is to be trained again.
 *
 * @param key the same for the same reason, however often it is looked for
 * @param text for people
 * @param since when the change began that is the reason; null if there is none
 * @param evidence reference of the resource that shows it; null if there is none
 */
public record RetrainingReason(
    String key, String text, @Nullable Instant since, @Nullable String evidence) {}
