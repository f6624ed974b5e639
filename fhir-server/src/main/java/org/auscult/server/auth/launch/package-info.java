/**
 * In which context an application is launched: an EHR's, or the patient that a user picked.
 *
 * <p>Read first: {@link org.auscult.server.auth.launch.Launch}.
 *
 * <p>Must not know: tokens.
 */
@NullMarked
package org.auscult.server.auth.launch;

import org.jspecify.annotations.NullMarked;
