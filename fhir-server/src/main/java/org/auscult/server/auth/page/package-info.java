/**
 * The pages that a user sees: login, choice of a patient, consent, account; and discovery.
 *
 * <p>Read first: {@link org.auscult.server.auth.page.Pages}.
 *
 * <p>Must not know: how tokens are made.
 */
@NullMarked
package org.auscult.server.auth.page;

import org.jspecify.annotations.NullMarked;
