/** Tests of who is told outside, and how. */
@NullMarked
package org.auscult.server.notification;

import org.jspecify.annotations.NullMarked;
