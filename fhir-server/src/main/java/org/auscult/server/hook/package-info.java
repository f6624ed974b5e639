/**
 * CDS Hooks over HTTP, wired to our ports.
 *
 * <p>Read first: {@link org.auscult.server.hook.HookConfiguration}.
 *
 * <p>Must not know: clinical logic.
 */
@NullMarked
package org.auscult.server.hook;

import org.jspecify.annotations.NullMarked;
