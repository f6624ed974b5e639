/**
 * The application: its command line and what it is wired of.
 *
 * <p>Read first: {@link org.auscult.server.Auscult}, then {@link
 * org.auscult.server.AuscultApplication}.
 *
 * <p>Must not know: clinical or statistical logic, which lives in the cores.
 */
@NullMarked
package org.auscult.server;

import org.jspecify.annotations.NullMarked;
