/**
 * The life of definitions: what may become active, who has reviewed it, what uses it.
 *
 * <p>Read first: {@link org.auscult.server.life.LifeRules}.
 *
 * <p>Must not know: patients, hooks.
 */
@NullMarked
package org.auscult.server.life;

import org.jspecify.annotations.NullMarked;
