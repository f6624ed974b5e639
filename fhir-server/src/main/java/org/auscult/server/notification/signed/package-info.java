/**
 * By what a receiver knows that a notification is ours.
 *
 * <p>Read first: {@link org.auscult.server.notification.signed.NotificationSignatures}.
 *
 * <p>Must not know: what is told, to whom.
 */
@NullMarked
package org.auscult.server.notification.signed;

import org.jspecify.annotations.NullMarked;
