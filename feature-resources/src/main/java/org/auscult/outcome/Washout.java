package org.auscult.outcome;

import org.auscult.feature.Lookback;
import org.jspecify.annotations.Nullable;

/**
 * Who had the event shortly before is not asked about: (index time − length, index time].
 *
 * @param length null for ever before
 */
public record Washout(@Nullable Lookback length) {}
