/**
 * Launches from EHRs: an application of ours is opened from within another system, whose users sign
 * in there and whose open patient is the one that the application gets (safety rule 28).
 *
 * <p>Read first: {@link org.auscult.server.auth.ehr.EhrLaunch}.
 *
 * <p>Must not know: how our own tokens are made.
 */
@NullMarked
package org.auscult.server.auth.ehr;

import org.jspecify.annotations.NullMarked;
