/**
 * Pages of what is stored of a model, over HTTP.
 *
 * <p>Read first: {@link org.auscult.server.page.PageOperations}, then {@link
 * org.auscult.server.page.ModelPages}.
 *
 * <p>Must not know: how a page looks, patients.
 */
@NullMarked
package org.auscult.server.page;

import org.jspecify.annotations.NullMarked;
