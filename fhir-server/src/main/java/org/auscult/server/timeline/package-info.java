/**
 * The clinical event timeline in our own tables.
 *
 * <p>Read first: {@link org.auscult.server.timeline.TimelineWriter}, then {@link
 * org.auscult.server.timeline.JdbcTimelineReader}.
 *
 * <p>Must not know: features, models, hooks.
 */
@NullMarked
package org.auscult.server.timeline;

import org.jspecify.annotations.NullMarked;
