/**
 * CDS Hooks over HTTP: the one place of this module that knows Spring.
 *
 * <p>Read first: {@link org.auscult.cds.web.CdsHooksController}.
 *
 * <p>Must not know: anything of what a call means.
 */
@NullMarked
package org.auscult.cds.web;

import org.jspecify.annotations.NullMarked;
