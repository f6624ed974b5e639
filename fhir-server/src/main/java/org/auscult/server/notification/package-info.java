/**
 * Who outside is told of what monitoring finds: subscriptions, and their notifications.
 *
 * <p>Read first: {@link org.auscult.server.notification.NotificationOutbox}, which keeps what is to
 * be told, then {@link org.auscult.server.notification.NotificationRound}, which tells it.
 *
 * <p>Must not know: how an issue is found, or anything of a patient.
 */
@NullMarked
package org.auscult.server.notification;

import org.jspecify.annotations.NullMarked;
